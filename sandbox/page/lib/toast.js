/** Short notes at the edge of the window that go away by themselves. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

export function toast(text, { bad = false } = {}) {
  const region = document.getElementById("toasts");
  const note = h("div", { class: `toast ${bad ? "bad" : ""}` }, icon(bad ? "alert" : "check"), h("span", {}, text));
  // The popover keeps the note above an open dialog.
  region.setAttribute("popover", "manual");
  if (region.matches(":popover-open")) region.hidePopover();
  region.append(note);
  region.showPopover();
  setTimeout(() => {
    note.remove();
    if (!region.children.length && region.matches(":popover-open")) region.hidePopover();
  }, bad ? 9000 : 4000);
}
