/** Fields to type into: plain text of one or more lines, numbers, e-mail addresses, links. */

import { h } from "../lib/dom.js";
import { plainText } from "../lib/text.js";

const MODE = { number_input: "decimal", email_text_input: "email", url_text_input: "url" };

export function textInput(element, control) {
  const node = h(element.multiline ? "textarea" : "input", {
    class: "text-input",
    ...(element.multiline ? { rows: "4" } : { type: "text", inputmode: MODE[element.type] ?? null, autocomplete: "off" }),
    placeholder: element.placeholder ? plainText(element.placeholder) : null,
    maxlength: element.max_length ?? null,
    value: control.value ?? "",
    ...control.labels(),
    on: { input, keydown },
  });
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];

  function input() {
    control.change(node.value === "" ? null : node.value);
    if (dispatches("on_character_entered")) control.send({ value: node.value });
  }

  function keydown(event) {
    if (event.key !== "Enter" || event.isComposing || element.multiline) return;
    if (dispatches("on_enter_pressed")) {
      event.preventDefault();
      event.stopPropagation();
      control.send({ value: node.value });
    }
  }

  function dispatches(trigger) {
    return !control.context.silent && triggers.includes(trigger);
  }
  return node;
}
