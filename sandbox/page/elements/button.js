/** A button; it spins while the app is being asked and cannot be pressed twice in that time. */

import { emit } from "../lib/bus.js";
import { h } from "../lib/dom.js";
import { archiveLink, isAddress } from "../lib/route.js";
import { plainText } from "../lib/text.js";

export function button(element, control) {
  const node = h("button", {
    type: "button",
    class: `button ${element.style ?? ""}`,
    "aria-label": element.accessibility_label ?? null,
    data: { focus: control.focusMark, action: element.action_id },
    on: { click: press },
  }, h("span", { class: "button-text" }, plainText(element.text)));

  async function press() {
    if (node.classList.contains("busy")) return;
    node.classList.add("busy");
    if (element.url) follow(element.url);
    await control.send({ value: element.value ?? null });
    node.classList.remove("busy");
  }
  return node;
}

/** Opens the address of a button or option: a place of this workspace in the page, all else in a new tab. */
export function follow(url) {
  const place = archiveLink(url);
  if (place) emit("goto", place);
  else if (isAddress(url)) window.open(url, "_blank", "noopener");
}
