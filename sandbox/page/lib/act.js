/** Sends what people press in messages, modals and Home, and says what went wrong. */

import { plainText, textNodes } from "./text.js";
import { ask } from "./dialog.js";
import { post } from "./http.js";
import { emit } from "./bus.js";
import { app } from "./session.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

/** The sentence for an error code of the server's. */
export function failure(error) {
  if (error === "operation_timeout") return t("action.timeout");
  if (error === "app_unreachable") return t("action.unreachable", { app: app()?.name ?? "" });
  if (error === "connection_lost" || error === "not_supported") return t(`error.${error}`);
  if (error === "is_archived") return t("send.archived");
  if (error === "not_in_channel") return t("send.notIn");
  return t("error.other", { error });
}

async function confirmed(confirm) {
  if (!confirm) return true;
  return ask({
    title: confirm.title ? plainText(confirm.title) : t("confirm.title"),
    text: textNodes(confirm.text),
    confirm: confirm.confirm ? plainText(confirm.confirm) : t("button.yes"),
    deny: confirm.deny ? plainText(confirm.deny) : t("button.cancel"),
    danger: confirm.style === "danger",
  });
}

/**
 * Sends one block action; `chosen` holds Slack's own fields of the action (value, selected_option, …).
 * Returns true when the app took it; false when the person said no or it failed.
 */
export async function sendAction(element, block, context, chosen) {
  if (!(await confirmed(element.confirm))) return false;
  const action = { type: element.type, action_id: element.action_id, block_id: block.block_id, ...chosen };
  const answer = await post("action", {
    container: context.container,
    action,
    ...action,
    state: { values: context.form.values(context.blocks) },
  });
  if (!answer.ok) toast(failure(answer.error), { bad: true });
  emit("acted");
  return answer.ok;
}
