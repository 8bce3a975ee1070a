// What the scripts meet on a page and TypeScript cannot know.

// A script asks its own template's elements: which kind one is, the template says.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface Element {
  closest(selectors: string): any;
}
interface Document {
  readonly activeElement: any;
  getElementById(id: string): any;
  readonly prerendering?: boolean; // Chromium's, not in the standard library yet
}
interface HTMLFormControlsCollection {
  namedItem(name: string): any;
}
// What an event meets is an element wherever the scripts listen.
interface EventTarget {
  [property: string]: any;
}
// A listener knows by its event's name what comes: our own with their detail, a service worker's.
interface Event {
  readonly detail?: any;
  readonly request?: Request;
  waitUntil?(until: Promise<unknown>): void;
  respondWith?(response: Response | Promise<Response>): void;
}
interface Navigator {
  readonly connection?: { readonly saveData: boolean };
}

// Scripts that are served beside ours.
declare var CKEDITOR: any;
declare var Sortable: any;
interface Window {
  CKEDITOR?: any;
  Sortable?: any;
  django?: any;
}
