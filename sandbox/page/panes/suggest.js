/** The list above the composer: commands and their words after "/", people and groups after "@", channels after "#". */

import { avatar } from "../lib/avatar.js";
import { h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { app, personName, session } from "../lib/session.js";
import { t } from "../lib/words.js";
import { following, readUsage, suggestions } from "../lib/usage.js";

/**
 * What can complete `text` at the caret: {title, items: [{insert, from, face, label, note, more?}], hint?, whole?} or null.
 * `insert` replaces the text from `from` to the caret; `whole` says that the text can stand as it is.
 */
export function complete(text, caret) {
  const head = text.slice(0, caret);
  const mark = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(head);
  if (mark) return mark[1] === "@" ? people(mark[2], caret) : channels(mark[2], caret);
  return head.startsWith("/") ? slash(head) : null;
}

function slash(head) {
  const [command, ...typed] = head.split(/[ \t]+/);
  if (head.includes("\n")) return null;
  const known = session.state.commands;
  if (!typed.length) {
    const items = known.filter((one) => one.command.startsWith(command)).map((one) => ({
      insert: `${one.command} `, from: 0, face: avatar(app(), "small"), label: one.command, more: brief(one.usage_hint), note: one.description,
    }));
    return items.length ? { title: t("suggest.commands"), items } : null;
  }
  const one = known.find((each) => each.command === command);
  if (!one) return null;
  const usage = readUsage(one.usage_hint);
  const found = suggestions(usage, typed);
  const from = head.length - typed.at(-1).length;
  const items = found.filter(({ word }) => word !== typed.at(-1)).map(({ word, rest }) => ({
    insert: `${word} `, from, face: icon("slash"), label: [...typed.slice(0, -1), word].join(" "), more: rest,
  }));
  const whole = found.some(({ word }) => word === typed.at(-1));
  return items.length ? { title: command, items, whole } : usageLine(usage, command, typed);
}

const brief = (hint) => (hint && hint.length > 60 ? `${hint.slice(0, 59)}…` : hint);

/** With nothing to choose from, the line says what the command still takes. */
function usageLine(usage, command, typed) {
  const words = typed.at(-1) === "" ? typed.slice(0, -1) : typed;
  const one = following(usage, words);
  if (!one) return null;
  return { title: command, items: [], hint: { command, args: one.map((arg) => arg.hint), at: typed.length - 1 } };
}

function people(begun, caret) {
  const wanted = begun.toLowerCase();
  const from = caret - begun.length - 1;
  const matches = (...names) => names.some((name) => name?.toLowerCase().split(" ").some((part) => part.startsWith(wanted)));
  const persons = session.state.people.filter((one) => matches(one.name, personName(one.id))).map((one) => ({
    insert: `@${one.name} `, from, face: avatar(one, "small"), label: personName(one.id), more: `@${one.name}`, note: one.title,
  }));
  const groups = (session.state.groups ?? []).filter((one) => matches(one.handle, one.name)).map((one) => ({
    insert: `@${one.handle} `, from, face: icon("people"), label: `@${one.handle}`, note: one.name,
  }));
  const all = ["here", "channel"].filter((name) => matches(name)).map((name) => ({
    insert: `@${name} `, from, face: icon("at"), label: `@${name}`, note: t(`mention.${name}`),
  }));
  const items = [...persons, ...groups, ...all].slice(0, 9);
  return items.length ? { title: t("suggest.people"), items } : null;
}

function channels(begun, caret) {
  const from = caret - begun.length - 1;
  const items = session.state.channels.filter((one) => !one.is_im && one.name.includes(begun)).slice(0, 9).map((one) => ({
    insert: `#${one.name} `, from, face: icon("hash"), label: one.name, note: one.topic,
  }));
  return items.length ? { title: t("section.channels"), items } : null;
}

let serial = 0;

/** Draws a completion; returns {node, optionId(index)}. */
export function drawSuggestions(found, at, choose) {
  serial += 1;
  const id = `suggest-${serial}`;
  const optionId = (index) => `${id}-${index}`;
  const options = found.items.map((item, index) => h("div", {
    role: "option", id: optionId(index), class: `suggestion ${index === at ? "active" : ""}`, "aria-selected": String(index === at),
    on: { pointerdown: (event) => event.preventDefault(), click: () => choose(item) },
  }, item.face, h("span", { class: "suggestion-text" },
    h("span", {}, h("b", {}, item.label), item.more && h("span", { class: "suggestion-more" }, ` ${item.more}`)),
    item.note && h("span", { class: "suggestion-note" }, item.note))));
  const hint = found.hint && h("div", { class: "usage" }, h("b", {}, found.hint.command),
    found.hint.args.map((arg, index) => [" ", h("span", { class: index === found.hint.at ? "usage-now" : "" }, arg)]));
  const node = h("div", { class: "suggestions" }, h("div", { class: "suggestions-title" }, found.title),
    hint, options.length > 0 && h("div", { role: "listbox", id, "aria-label": found.title }, options));
  return { node, id, optionId };
}
