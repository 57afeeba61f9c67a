/** Select menus of every kind, single and multi, with a list one can type into. */

import { h, iconButton } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { closePopup, position } from "../lib/popup.js";
import { plainText } from "../lib/text.js";
import { t } from "../lib/words.js";
import { OptionList } from "./optionlist.js";
import { itemOf, optionGroups } from "./options.js";

export function select(element, control) {
  return element.type.startsWith("multi_") ? multi(element, control) : single(element, control);
}

function single(element, control) {
  const face = h("button", {
    type: "button", class: "select", role: "combobox", "aria-haspopup": "listbox", "aria-expanded": "false",
    ...control.labels(), on: { click: open, keydown: opensOnArrow },
  });
  const clear = iconButton("close", t("select.remove", { name: "" }), () => { control.change(null); draw(); face.focus(); }, { class: "select-clear" });
  const box = h("div", { class: "select-box" }, face, control.block.optional && clear);

  function draw() {
    const held = control.value;
    const item = held && itemOf(element, held);
    face.replaceChildren(h("span", { class: item ? "select-value" : "select-placeholder" }, ...(item?.nodes ?? [placeholder(element)])), icon("chevron"));
    clear.hidden = !held;
  }

  function open() {
    const held = control.value && itemOf(element, control.value).id;
    new OptionList(optionGroups(element), {
      label: face.getAttribute("aria-label") ?? control.context.label,
      chosen: () => [held],
      pick: (item) => { closePopup(); control.change(item.value); draw(); },
    }).showAt(face);
  }
  draw();
  return box;
}

function multi(element, control) {
  const face = h("button", {
    type: "button", class: "select", role: "combobox", "aria-haspopup": "listbox", "aria-expanded": "false",
    ...control.labels(), on: { click: open, keydown: opensOnArrow },
  });
  const chips = h("div", { class: "chips" });
  const box = h("div", { class: "select-box multi" }, chips, face);
  const ids = () => control.value.map((one) => itemOf(element, one).id);

  function draw() {
    const items = control.value.map((one) => itemOf(element, one));
    chips.replaceChildren(...items.map((item) => h("span", { class: "chip" }, ...item.nodes,
      iconButton("close", t("select.remove", { name: item.text.trim() }), () => toggle(item)))));
    face.replaceChildren(h("span", { class: "select-placeholder" }, placeholder(element)), icon("chevron"));
    position();
  }

  function toggle(item) {
    const rest = control.value.filter((one) => itemOf(element, one).id !== item.id);
    const added = rest.length === control.value.length;
    if (added && rest.length >= (element.max_selected_items ?? Infinity)) return;
    control.change(added ? [...rest, item.value] : rest);
    draw();
  }

  function open() {
    const label = face.getAttribute("aria-label") ?? control.context.label;
    new OptionList(optionGroups(element), { label, chosen: ids, pick: toggle, many: true }).showAt(face);
  }
  draw();
  return box;
}

function placeholder(element) {
  if (element.placeholder) return plainText(element.placeholder);
  if (element.type.includes("users")) return t("select.user");
  if (element.type.includes("channels")) return t("select.channels");
  return element.type.includes("conversations") ? t("select.conversations") : t("select.one");
}

function opensOnArrow(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  event.currentTarget.click();
}
