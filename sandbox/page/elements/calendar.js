/** One month to pick a day from. */

import { now } from "../lib/clock.js";
import { isoDay, monthTitle, pickedDay, weekdays } from "../lib/dates.js";
import { h, iconButton } from "../lib/dom.js";
import { position } from "../lib/popup.js";
import { t } from "../lib/words.js";

const DAY_MS = 86_400_000;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MONTHS = { PageUp: -1, PageDown: 1 };

const isoOf = (ms) => new Date(ms).toISOString().slice(0, 10);

/** The same day `months` later, or the last one of a shorter month. */
function shifted(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return isoOf(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** Days are "YYYY-MM-DD"; arrows walk by days and weeks, Page Up and Page Down by months. */
export class Calendar {
  constructor(chosen, pick) {
    Object.assign(this, { chosen, pick, at: chosen ?? isoDay(now()) });
    this.grid = h("div", { class: "calendar-grid", role: "grid", on: { keydown: (event) => this.key(event) } });
    this.title = h("div", { class: "calendar-title", "aria-live": "polite" });
    this.node = h("div", { class: "calendar", role: "group", "aria-label": t("date.pick") },
      h("div", { class: "calendar-head" },
        iconButton("back", t("date.previous"), () => this.move(shifted(this.at, -1))), this.title,
        iconButton("forward", t("date.next"), () => this.move(shifted(this.at, 1)))),
      this.grid);
    this.draw();
  }

  move(day) {
    this.at = day;
    this.draw();
    position();
  }

  draw() {
    const [year, month] = this.at.split("-").map(Number);
    this.title.textContent = monthTitle(year, month);
    const first = Date.UTC(year, month - 1, 1);
    const start = first - new Date(first).getUTCDay() * DAY_MS;
    const week = (number) => Array.from({ length: 7 }, (_none, day) => this.cell(isoOf(start + (number * 7 + day) * DAY_MS)));
    this.grid.replaceChildren(
      h("div", { role: "row", class: "calendar-row" }, weekdays().map((name) => h("span", { role: "columnheader", class: "calendar-name" }, name))),
      ...[0, 1, 2, 3, 4, 5].map((number) => h("div", { role: "row", class: "calendar-row" }, week(number))),
    );
  }

  cell(day) {
    const here = day === this.at;
    const marks = ["calendar-day", day.slice(0, 7) !== this.at.slice(0, 7) && "other", day === isoDay(now()) && "now"];
    return h("button", {
      type: "button", role: "gridcell", class: marks.filter(Boolean).join(" "), tabindex: here ? "0" : "-1", data: here ? { first: "" } : {},
      "aria-label": pickedDay(day), "aria-selected": String(day === this.chosen), on: { click: () => this.pick(day) },
    }, String(Number(day.slice(8))));
  }

  key(event) {
    if (STEPS[event.key]) this.move(isoOf(Date.parse(this.at) + STEPS[event.key] * DAY_MS));
    else if (MONTHS[event.key]) this.move(shifted(this.at, MONTHS[event.key]));
    else return;
    this.grid.querySelector("[data-first]").focus();
    event.preventDefault();
  }
}
