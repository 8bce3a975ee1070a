// @ts-check
// What two texts of a manuscript's form are, whatever way the editor, the server and the rows write
// the same.
import { markup } from "./copies.mjs";

export function essence(pairs) {
  const single = pairs.filter(([name, value]) => value && !/^(form_id$|action$|authors-)/.test(name));
  const parts = single.map(([name, value]) => [name, name === "body" ? markup(value) : value.replace(/\r/g, "").trim()]);
  return JSON.stringify([parts.sort(), bylines(new Map(pairs))]);
}

function bylines(values) {
  const rows = [...Array(Number(values.get("authors-TOTAL_FORMS")) || 0).keys()];
  const row = (number) => ["ORDER", "name", "branch"].map((part) => values.get(`authors-${number}-${part}`)?.trim() ?? "");
  const filled = rows.map(row).filter(([, name, branch]) => name || branch);
  return filled.sort(([one], [other]) => one - other).map(([, ...byline]) => byline);
}
