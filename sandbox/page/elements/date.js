/** Date pickers, and the pair of date and time. */

import { isoDay, isoTime, pickedDay, toUnix } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { plainText } from "../lib/text.js";
import { t } from "../lib/words.js";
import { Calendar } from "./calendar.js";
import { pickerField } from "./pickerfield.js";
import { timeField } from "./time.js";

const ISO = /^\d{4}-\d{2}-\d{2}$/;

export function datePicker(element, control) {
  const placeholder = element.placeholder && plainText(element.placeholder);
  return dateField({ get: () => control.value, set: (day) => control.change(day), labels: control.labels(), placeholder });
}

/** Keeps unix seconds; date and time are the reader's own. */
export function dateTimePicker(_element, control) {
  const { id, data, ...labels } = control.labels();
  let day = control.value ? isoDay(control.value) : null;
  let time = control.value ? isoTime(control.value) : null;
  const store = () => control.change(day && time ? toUnix(day, time) : null);
  return h("div", { class: "datetime", role: "group", ...labels },
    dateField({ get: () => day, set: (value) => { day = value; store(); }, labels: { id, "aria-label": t("date.pick"), data } }),
    timeField({ get: () => time, set: (value) => { time = value; store(); }, labels: { "aria-label": t("time.pick"), data: { focus: `${data.focus}/time` } } }));
}

/** "2026-03-10" when it is a day of the calendar, else null. */
function readDay(text) {
  return ISO.test(text) && !Number.isNaN(Date.parse(text)) && isoDay(Date.parse(text) / 1000, "UTC") === text ? text : null;
}

function dateField({ get, set, labels, placeholder }) {
  return pickerField({
    get, set, labels, placeholder: placeholder || t("date.pick"), format: pickedDay, parse: readDay, complaint: t("field.date"),
    content: (pick) => new Calendar(get(), pick).node, sign: "calendar", opens: "grid",
  });
}
