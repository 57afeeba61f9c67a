/** Picks the page's sentences in the reader's language. */

import en from "../words/en.js";
import ko from "../words/ko.js";
import { me } from "./session.js";

export function locale() {
  return me()?.locale || "en-US";
}

export function zone() {
  return me()?.tz || "UTC";
}

export const isKorean = () => locale().toLowerCase().startsWith("ko");

/** t("message.replies", {count: 2}) → "2 replies" */
export function t(key, values = {}) {
  const sentence = (isKorean() ? ko : en)[key];
  return sentence.replace(/\{(\w+)\}/g, (_whole, name) => String(values[name] ?? ""));
}

/** The text of {ko, en} in the reader's language; a plain string stays itself. */
export function pick(text) {
  if (text === null || text === undefined || typeof text === "string") return text ?? "";
  return (isKorean() ? text.ko : text.en) ?? text.en ?? text.ko ?? "";
}
