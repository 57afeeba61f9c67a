/** The app's modals: the top of the stack of views, with what was typed kept until it is sent or closed. */

import { loadView } from "../app.js";
import { drawBlock } from "../blocks/blocks.js";
import { failure } from "../lib/act.js";
import { avatar } from "../lib/avatar.js";
import { emit, on } from "../lib/bus.js";
import { openDialog } from "../lib/dialog.js";
import { fill, h, iconButton, reconcile } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { post } from "../lib/http.js";
import { closePopup } from "../lib/popup.js";
import { app, session } from "../lib/session.js";
import { plainText, refreshDates } from "../lib/text.js";
import { Form } from "../lib/values.js";
import { locale, t, zone } from "../lib/words.js";

let dialog = null;
let shown = null;
let known = [];

export function startModal() {
  on("view", draw);
  on("state", draw);
  on("persona", draw);
}

const formOf = (view) => Form.of(`${session.as}:view:${view.id}`);

function draw() {
  const view = session.stack.at(-1) ?? null;
  for (const id of known) if (!session.stack.some((one) => one.id === id)) Form.of(`${session.as}:view:${id}`).drop();
  known = session.stack.map((one) => one.id);
  const key = view && JSON.stringify([view.id, plainText(view.title), session.stack.length, locale(), zone(), view.submit, view.close]);
  if (key !== shown) {
    closePopup({ refocus: false });
    dialog?.close();
    dialog = view ? openView(view) : null;
  }
  shown = key;
  if (view) drawBlocks(view);
}

function openView(view) {
  const deep = session.stack.length > 1;
  const submit = hasSubmit(view) && h("button", { type: "button", class: "button primary submit", on: { click: () => send() } },
    h("span", { class: "button-text" }, view.submit ? plainText(view.submit) : t("button.submit")));
  const cancel = h("button", { type: "button", class: "button", on: { click: () => close(view, false) } },
    view.close ? plainText(view.close) : deep ? t("modal.back") : submit ? t("button.cancel") : t("button.close"));
  const opened = openDialog({
    title: plainText(view.title),
    lead: deep ? iconButton("back", t("modal.back"), () => close(view, false)) : avatar(app(), "small"),
    body: [h("div", { class: "modal-trouble", role: "alert", hidden: true }), h("div", { class: "blocks" })],
    foot: [cancel, submit],
    kind: "modal",
    onDismiss: () => close(view, true),
  });
  opened.addEventListener("keydown", enterSends);
  requestAnimationFrame(() => {
    const first = opened.querySelector(".dialog-body :is(input, textarea, .select, [tabindex='0'])");
    if (opened.isConnected && opened.contains(document.activeElement) && !opened.querySelector(".blocks").contains(document.activeElement)) first?.focus();
  });
  return opened;
}

const hasSubmit = (view) => Boolean(view.submit) || view.blocks.some((block) => block.type === "input");

function drawBlocks(view) {
  const context = {
    form: formOf(view), blocks: view.blocks, errors: session.errors, container: { type: "view", view_id: view.id },
  };
  reconcile(dialog.querySelector(".dialog-body > .blocks"), view.blocks, {
    key: (block) => block.block_id,
    sign: (block) => JSON.stringify([block, session.errors[block.block_id] ?? null]),
    render: (block) => drawBlock(block, context),
  });
  refreshDates(dialog);
}

/** Enter in a single-line field sends the form, as in Slack. */
function enterSends(event) {
  const single = event.target.matches("input.text-input:not(.picker-input)");
  const combined = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (event.isComposing || event.key !== "Enter" || !(single || combined) || event.defaultPrevented) return;
  event.preventDefault();
  if (dialog.querySelector(".submit")) send();
}

function trouble(text) {
  const box = dialog?.querySelector(".modal-trouble");
  if (!box) return;
  box.hidden = !text;
  fill(box, text && [icon("alert"), h("span", {}, text)]);
}

async function send() {
  const view = session.stack.at(-1);
  const button = dialog.querySelector(".submit");
  if (button.classList.contains("busy")) return;
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
  const unread = dialog.querySelector(".dialog-body :invalid");
  if (unread) {
    unread.reportValidity();
    return;
  }
  button.classList.add("busy");
  trouble("");
  const answer = await post("submit", { view_id: view.id, hash: view.hash, values: formOf(view).values(view.blocks) });
  button.classList.remove("busy");
  await loadView();
  if (!answer.ok && answer.errors) showErrors(answer.errors);
  else if (!answer.ok) trouble(timedOut(answer.error) ? t("modal.trouble") : failure(answer.error));
  emit("acted");
}

const timedOut = (error) => ["operation_timeout", "dispatch_failed", "http_status", "http_service_error", "app_error"].includes(error);

function showErrors(errors) {
  session.errors = errors;
  draw();
  const field = dialog?.querySelector(".has-error");
  field?.scrollIntoView({ block: "nearest" });
  field?.querySelector("input, textarea, button")?.focus({ preventScroll: true });
}

/** `cleared` closes the whole stack (the cross, Esc); otherwise only the view on top goes. */
async function close(view, cleared) {
  await post("close", { view_id: view.id, cleared });
  await loadView();
  emit("acted");
}
