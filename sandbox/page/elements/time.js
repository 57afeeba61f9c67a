/** Time pickers: a field that takes HH:MM and a list of half hours. */

import { pickedTime } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { arrowKeys } from "../lib/popup.js";
import { plainText } from "../lib/text.js";
import { t } from "../lib/words.js";
import { pickerField } from "./pickerfield.js";

// Where the list begins when no time is chosen.
const OFFICE_OPENS = "09:00";

const HALF_HOURS = Array.from({ length: 48 }, (_none, index) =>
  `${String(Math.floor(index / 2)).padStart(2, "0")}:${index % 2 ? "30" : "00"}`);

/** "9", "0930", "9:30 pm", "오후 9:30" as HH:MM; null when it is no time. */
export function readTime(text) {
  const found = /^(오전|오후)?\s*(\d{1,2})(?::?(\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (!found) return null;
  const half = found[4]?.toLowerCase() ?? { 오전: "am", 오후: "pm" }[found[1]];
  let hour = Number(found[2]);
  const minute = Number(found[3] ?? 0);
  if (half && (hour < 1 || hour > 12)) return null;
  if (half) hour = (hour % 12) + (half === "pm" ? 12 : 0);
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

export function timePicker(element, control) {
  const placeholder = element.placeholder && plainText(element.placeholder);
  return timeField({ get: () => control.value, set: (time) => control.change(time), labels: control.labels(), placeholder });
}

export function timeField({ get, set, labels, placeholder }) {
  return pickerField({
    get, set, labels, placeholder: placeholder || t("time.pick"), format: pickedTime, parse: readTime, complaint: t("field.time"),
    content: (pick) => halfHours(get(), pick), sign: "clock", opens: "listbox", width: "anchor",
  });
}

function halfHours(chosen, pick) {
  const near = HALF_HOURS.find((time) => time >= (chosen ?? OFFICE_OPENS)) ?? HALF_HOURS.at(-1);
  const items = HALF_HOURS.map((time) => h("button", {
    type: "button", role: "option", class: "option", tabindex: "-1", "aria-selected": String(time === chosen), data: time === near ? { first: "" } : {},
    on: { click: () => pick(time) },
  }, pickedTime(time)));
  return h("div", { class: "options", role: "listbox", "aria-label": t("time.pick"), on: { keydown: (event) => arrowKeys(event, items) } }, items);
}
