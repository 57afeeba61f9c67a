/** The field of a date or time picker: one types into it or picks from what it opens. */

import { h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { closePopup, showPopup } from "../lib/popup.js";

/**
 * `get()` and `set(value)` reach the value (null when empty); `format(value)` shows it, `parse(text)` reads what was
 * typed (null when it cannot be read: then `complaint` stands at the field). `content(take)` makes what opens, whose
 * first focus goes to `[data-first]`; `take(value)` picks.
 */
export function pickerField({ get, set, format, parse, complaint, content, labels, placeholder, sign, opens, width }) {
  const field = h("input", {
    type: "text", class: "text-input picker-input", autocomplete: "off", placeholder, ...labels, "aria-haspopup": opens, "aria-expanded": "false",
    on: { focus: () => field.select(), click: open, change: typed, input: () => field.setCustomValidity(""), blur: face, keydown },
  });
  const shown = () => (get() ? format(get()) : "");

  function face() {
    if (!field.validationMessage) field.value = shown();
  }

  function take(value) {
    if (value !== get()) set(value);
    field.setCustomValidity("");
    face();
  }

  function pick(value) {
    take(value);
    closePopup();
  }

  function open() {
    if (field.getAttribute("aria-expanded") === "true") return;
    showPopup(field, content(pick), { focus: null, width });
    const first = document.querySelector(".popup .options [data-first]");
    if (first) first.parentElement.scrollTop = first.offsetTop - first.parentElement.clientHeight / 2;
  }

  function typed() {
    const text = field.value.trim();
    if (text === shown()) return;
    const value = parse(text);
    if (text === "" || value) take(value);
    else field.setCustomValidity(complaint);
    field.reportValidity();
  }

  function keydown(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      open();
      document.querySelector(".popup [data-first]")?.focus();
    } else if (event.key === "Enter" || event.key === "Tab") {
      typed();
      closePopup({ refocus: false });
    }
  }
  face();
  return h("div", { class: "picker" }, icon(sign), field);
}
