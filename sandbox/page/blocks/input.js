/** Draws an input block: label, control, hint and the error the app sent back for it. */

import { drawElement } from "../elements/elements.js";
import { h } from "../lib/dom.js";
import { plainText } from "../lib/text.js";
import { t } from "../lib/words.js";
import { icon } from "../lib/icons.js";

const GROUPS = new Set(["checkboxes", "radio_buttons"]);

export function inputBlock(block, context) {
  const id = `in-${block.block_id}`;
  const error = context.errors?.[block.block_id];
  const label = h(
    "label",
    { class: "input-label", id: `${id}-label`, for: GROUPS.has(block.element.type) ? null : id },
    plainText(block.label),
    block.optional && h("span", { class: "input-optional" }, ` ${t("field.optional")}`),
  );
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
  const control = drawElement(block.element, block, {
    ...context,
    id,
    label: plainText(block.label),
    labelledBy: `${id}-label`,
    describedBy: described,
    invalid: Boolean(error),
    silent: !block.dispatch_action,
  });
  return h("div", { class: `block block-input ${error ? "has-error" : ""}` },
    label,
    control,
    error && h("div", { class: "input-error", id: `${id}-error`, role: "alert" }, icon("alert"), error),
    block.hint && h("div", { class: "input-hint", id: `${id}-hint` }, plainText(block.hint)),
  );
}
