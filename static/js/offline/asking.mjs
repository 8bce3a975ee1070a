// @ts-check
// Questions to the service worker.

/**
 * @param {string} does one of those in `worker.mjs`
 * @param {object} [told]
 * @param {(done: number, of: number) => void} [progress]
 * @returns {Promise<any>} its answer; refused where it failed
 */
export async function ask(does, told = {}, progress = () => {}) {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.addEventListener("message", ({ data }) => {
      if ("of" in data) progress(data.done, data.of);
      else if (data.failed) reject(new Error(does));
      else resolve(data.answer);
    });
    port1.start();
    active.postMessage({ does, ...told }, [port2]);
  });
}
