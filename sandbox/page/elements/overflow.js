/** The three dots with up to five options. */

import { h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { showMenu } from "../lib/popup.js";
import { plainText } from "../lib/text.js";
import { t } from "../lib/words.js";
import { follow } from "./button.js";

export function overflow(element, control) {
  const name = element.accessibility_label ?? t("overflow.label");
  const node = h("button", {
    type: "button", class: "button overflow", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": name, title: name,
    data: { focus: control.focusMark, action: element.action_id },
    on: { click: () => showMenu(node, element.options.map(entry), { align: "end" }) },
  }, icon("more"));

  function entry(option) {
    return {
      label: plainText(option.text),
      note: option.description && plainText(option.description),
      run: () => {
        if (option.url) follow(option.url);
        control.send({ selected_option: option });
      },
    };
  }
  return node;
}
