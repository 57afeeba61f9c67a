/** Checkboxes and radio buttons. */

import { h } from "../lib/dom.js";
import { textNodes } from "../lib/text.js";

export function choices(element, control) {
  const many = element.type === "checkboxes";
  const { id, data, ...labels } = control.labels();
  const name = `choice-${control.focusMark}-${control.context.container?.view_id ?? control.context.container?.ts ?? ""}`;
  const held = many ? control.value.map((one) => one.value) : [control.value?.value];

  const inputs = element.options.map((option) => h("input", {
    type: many ? "checkbox" : "radio", name, value: option.value, checked: held.includes(option.value),
    data: { focus: `${data.focus}/${option.value}` }, on: { change },
  }));

  function change() {
    const chosen = element.options.filter((_option, index) => inputs[index].checked);
    control.change(many ? chosen : (chosen[0] ?? null));
  }

  return h("div", { class: "choices", role: many ? "group" : "radiogroup", id, ...labels },
    element.options.map((option, index) => h("label", { class: "choice" }, inputs[index],
      h("span", { class: "choice-text" }, textNodes(option.text),
        option.description && h("span", { class: "choice-note" }, textNodes(option.description))))));
}
