/** The list that a select opens: a line to type into over the options that fit. */

import { h, reconcile } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { closePopup, position, showPopup } from "../lib/popup.js";
import { t } from "../lib/words.js";

let lists = 0;

/**
 * `groups` as optionGroups() gives them; `chosen()` names the ids held now, `pick(item)` takes one. The list stays
 * open after a pick when `many` may be chosen. The focus stays in the line; aria-activedescendant names the option.
 */
export class OptionList {
  constructor(groups, { label, chosen, pick, many = false }) {
    lists += 1;
    Object.assign(this, { groups, chosen, pick, many, id: `list-${lists}`, shown: [] });
    const all = groups.flatMap((group) => group.items);
    this.at = Math.max(0, all.findIndex((item) => chosen().includes(item.id)));
    this.filter = h("input", {
      type: "text", class: "filter", role: "combobox", "aria-expanded": "true", "aria-controls": this.id, "aria-label": t("select.filter"),
      placeholder: t("select.filter"), autocomplete: "off", on: { input: () => this.filtered(), keydown: (event) => this.key(event) },
    });
    this.list = h("div", { class: "options", role: "listbox", id: this.id, "aria-label": label ?? null, "aria-multiselectable": many ? "true" : null });
  }

  showAt(anchor) {
    showPopup(anchor, [h("div", { class: "filter-box" }, icon("search"), this.filter), this.list], { width: "anchor", focus: this.filter });
    this.draw();
  }

  filtered() {
    this.at = 0;
    this.draw();
  }

  /** Titles of groups and the items that fit what is typed. */
  rows() {
    const wanted = this.filter.value.trim().toLowerCase();
    const rows = this.groups.flatMap((group) => {
      const items = group.items.filter((item) => item.text.toLowerCase().includes(wanted));
      return group.title && items.length ? [{ title: group.title }, ...items] : items;
    });
    return rows.length ? rows : [{ title: t("select.none") }];
  }

  draw() {
    const rows = this.rows();
    const held = this.chosen();
    this.shown = rows.filter((row) => !row.title);
    reconcile(this.list, rows, {
      key: (row) => row.id ?? `title:${row.title}`,
      sign: (row) => `${held.includes(row.id)} ${this.shown.indexOf(row)} ${this.at}`,
      render: (row) => (row.title ? h("div", { class: "options-title" }, row.title) : this.option(row, held.includes(row.id))),
    });
    const active = this.list.querySelector(".active");
    this.filter.setAttribute("aria-activedescendant", active?.id ?? "");
    active?.scrollIntoView({ block: "nearest" });
    position();
  }

  option(row, held) {
    const index = this.shown.indexOf(row);
    return h("div", {
      role: "option", id: `${this.id}-${index}`, class: `option ${index === this.at ? "active" : ""}`, "aria-selected": String(held),
      on: { pointerdown: (event) => event.preventDefault(), click: () => this.take(row) },
    }, h("span", { class: "option-mark" }, held && icon("check")),
    h("span", { class: "option-text" }, row.nodes.map((node) => (node instanceof Node ? node.cloneNode(true) : node)),
      row.note && h("span", { class: "option-note" }, row.note)));
  }

  take(row) {
    this.pick(row);
    if (this.many) this.draw();
  }

  key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.shown.length) {
      this.at = (this.at + step + this.shown.length) % this.shown.length;
      this.draw();
    } else if (event.key === "Enter" && this.shown[this.at]) {
      this.take(this.shown[this.at]);
    } else {
      if (event.key === "Tab") closePopup();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
