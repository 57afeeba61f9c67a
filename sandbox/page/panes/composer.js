/** The box to write in: messages, slash commands, mentions; keeps a draft per conversation. */

import { failure } from "../lib/act.js";
import { emit } from "../lib/bus.js";
import { fill, h, iconButton } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { post } from "../lib/http.js";
import { app, session } from "../lib/session.js";
import { t } from "../lib/words.js";
import { complete, drawSuggestions } from "./suggest.js";

/** A composer for one conversation: `place()` gives {channel, threadTs?}, `label` the name of the box. */
export class Composer {
  constructor(place, label, placeholder = label) {
    this.place = place;
    this.at = 0;
    this.found = null;
    this.box = h("textarea", {
      class: "compose-input", rows: "1", "aria-label": label, placeholder, autocomplete: "off", spellcheck: "true", "aria-autocomplete": "list",
      on: { input: () => this.typed(), keydown: (event) => this.key(event), blur: () => setTimeout(() => this.show(null), 120), focus: () => this.suggest() },
    });
    this.list = h("div", { class: "suggest-host" });
    this.note = h("div", { class: "compose-note", role: "alert" });
    this.sendButton = iconButton("send", t("composer.send"), () => this.send(), { class: "send" });
    this.node = h("div", { class: "composer" }, this.list,
      h("div", { class: "compose-box" }, this.box, h("div", { class: "compose-bar" }, this.tools(), this.sendButton)), this.note);
    this.box.value = localStorage.getItem(this.draftKey()) ?? "";
    requestAnimationFrame(() => this.grow());
  }

  draftKey() {
    const { channel, threadTs } = this.place();
    return `draft:${session.as}:${channel}:${threadTs ?? ""}`;
  }

  tools() {
    const wrap = (name, mark) => iconButton(name, t(`composer.${name}`), () => this.wrap(mark));
    return h("div", { class: "compose-tools" },
      wrap("bold", "*"), wrap("italic", "_"), wrap("strike", "~"), wrap("code", "`"), h("span", { class: "tool-gap" }),
      iconButton("at", t("composer.mention"), () => this.insert("@")),
      !this.place().threadTs && iconButton("slash", t("composer.slash"), () => this.set("/")));
  }

  set(text) {
    this.box.value = text;
    this.box.focus();
    this.box.setSelectionRange(text.length, text.length);
    this.typed();
  }

  insert(text) {
    const gap = /\S$/.test(this.box.value.slice(0, this.box.selectionStart)) ? " " : "";
    this.box.focus();
    this.box.setRangeText(gap + text, this.box.selectionStart, this.box.selectionEnd, "end");
    this.typed();
  }

  wrap(mark) {
    const { selectionStart: start, selectionEnd: end, value } = this.box;
    this.box.focus();
    this.box.setRangeText(mark + value.slice(start, end) + mark, start, end, "end");
    if (start === end) this.box.setSelectionRange(start + 1, start + 1);
    this.typed();
  }

  typed() {
    this.say("");
    if (this.box.value) localStorage.setItem(this.draftKey(), this.box.value);
    else localStorage.removeItem(this.draftKey());
    this.grow();
    this.at = 0;
    this.suggest();
  }

  grow() {
    this.box.style.setProperty("height", "auto");
    this.box.style.setProperty("height", `${Math.min(this.box.scrollHeight, 240)}px`);
    this.sendButton.classList.toggle("ready", this.box.value.trim() !== "");
  }

  suggest() {
    const here = document.activeElement === this.box;
    this.show(here ? complete(this.box.value, this.box.selectionStart) : null);
  }

  show(found) {
    this.found = found;
    fill(this.list);
    this.box.removeAttribute("aria-activedescendant");
    if (!found) return;
    const drawn = drawSuggestions(found, this.at, (item) => this.take(item));
    this.list.append(drawn.node);
    drawn.node.querySelector(".active")?.scrollIntoView({ block: "nearest" });
    if (found.items.length) {
      this.box.setAttribute("aria-controls", drawn.id);
      this.box.setAttribute("aria-activedescendant", drawn.optionId(this.at));
    }
  }

  take(item) {
    this.box.setRangeText(item.insert, item.from, this.box.selectionStart, "end");
    this.typed();
  }

  key(event) {
    if (event.isComposing) return;
    const items = this.found?.items ?? [];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && items.length) {
      this.at = (this.at + step + items.length) % items.length;
      this.show(this.found);
    } else if (event.key === "Escape" && this.found) {
      this.show(null);
      event.stopPropagation();
    } else if (event.key === "Tab" && !event.shiftKey && items.length) {
      this.take(items[this.at]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      if (items.length && !this.found.whole && this.half(items[this.at])) this.take(items[this.at]);
      else this.send();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Enter completes a word that is begun; a command that can stand as it is goes out. */
  half(item) {
    const begun = this.box.value.slice(item.from, this.box.selectionStart);
    return begun !== "" && begun.trim() !== item.insert.trim();
  }

  say(text) {
    fill(this.note, text && [icon("alert"), h("span", {}, text)]);
  }

  async send() {
    const text = this.box.value.trim();
    if (!text || this.sending) return;
    this.sending = true;
    this.node.classList.add("busy");
    const { channel, threadTs } = this.place();
    const key = this.draftKey();
    // Slack takes " /text" with a blank before it for an ordinary message.
    const slash = this.box.value.startsWith("/");
    const answer = slash ? await this.sendSlash(channel, threadTs, text) : await post("post", { channel, text, thread_ts: threadTs });
    this.sending = false;
    this.node.classList.remove("busy");
    if (answer.ok) {
      localStorage.removeItem(key);
      if (this.box.value.trim() === text) this.box.value = "";
    } else {
      this.say(slash ? slashFailure(text.split(/\s/)[0], answer.error) : failure(answer.error));
    }
    this.show(null);
    this.grow();
    emit("sent");
    emit("acted");
  }

  sendSlash(channel, threadTs, text) {
    if (threadTs) return { ok: false, error: "in_thread" };
    return post("slash", { channel, text });
  }
}

function slashFailure(command, error) {
  if (error === "in_thread") return t("slash.thread", { command });
  if (error === "invalid_command") return t("slash.invalid", { command });
  if (error === "app_unreachable") return t("action.unreachable", { app: app()?.name ?? "" });
  if (["operation_timeout", "dispatch_failed", "http_status", "http_service_error"].includes(error)) return t("slash.dispatch", { command, error });
  return failure(error);
}
