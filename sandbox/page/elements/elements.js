/**
 * Draws the interactive elements of Block Kit.
 *
 * context: {form, blocks, container: {type, channel, ts, view_id…}, id?, label?, labelledBy?, describedBy?,
 * invalid?, silent?}; `silent` controls keep their value for the submission and tell the app nothing yet.
 */

import { sendAction } from "../lib/act.js";
import { h } from "../lib/dom.js";
import { plainText } from "../lib/text.js";
import { KEYS } from "../lib/values.js";
import { button } from "./button.js";
import { choices } from "./choices.js";
import { datePicker, dateTimePicker } from "./date.js";
import { overflow } from "./overflow.js";
import { select } from "./select.js";
import { textInput } from "./textinput.js";
import { timePicker } from "./time.js";

const DRAW = {
  button,
  overflow,
  static_select: select,
  multi_static_select: select,
  users_select: select,
  multi_users_select: select,
  channels_select: select,
  multi_channels_select: select,
  conversations_select: select,
  multi_conversations_select: select,
  checkboxes: choices,
  radio_buttons: choices,
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
};

export function drawElement(element, block, context) {
  const draw = DRAW[element.type];
  if (!draw) return h("span", { class: "block-context" }, `[${element.type}]`);
  return draw(element, new Control(element, block, context));
}

/** One control's way to its value, its labels and the app. */
export class Control {
  constructor(element, block, context) {
    this.element = element;
    this.block = block;
    this.context = context;
    this.focusMark = `${block.block_id}/${element.action_id}`;
  }

  get value() {
    return this.context.form.get(this.block, this.element);
  }

  /** Keeps a new value; in an actions or section block the app hears of it at once. */
  change(value) {
    this.context.form.set(this.block, this.element, value);
    if (!this.context.silent && !this.isText) this.send({ [KEYS[this.element.type]]: value });
  }

  get isText() {
    return KEYS[this.element.type] === "value";
  }

  send(chosen) {
    return sendAction(this.element, this.block, this.context, chosen);
  }

  /** Attributes that tie the control to its label, hint and error. */
  labels() {
    const { id, label, labelledBy, describedBy, invalid } = this.context;
    const own = this.element.accessibility_label ?? plainText(this.element.placeholder);
    return {
      id: id ?? null,
      "aria-labelledby": labelledBy ?? null,
      "aria-label": labelledBy ? null : label || own || null,
      "aria-describedby": describedBy ?? null,
      "aria-invalid": invalid ? "true" : null,
      data: { focus: this.focusMark },
    };
  }
}
