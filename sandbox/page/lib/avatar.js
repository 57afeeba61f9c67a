/** The rounded square that stands for a person or an app. */

import { h } from "./dom.js";
import { emoji as emojiOf } from "./emoji.js";

/** `one` is a person or the app: {id, name, real_name?, color?, emoji?}; size: tiny, small, medium. */
export function avatar(one, size = "medium") {
  const sign = one?.emoji ? (emojiOf(one.emoji.replaceAll(":", "")) ?? one.emoji) : null;
  const name = one?.real_name || one?.name || "?";
  return h("span", {
    class: `avatar avatar-${size} ${sign ? "with-emoji" : ""}`, "aria-hidden": "true",
    style: { "--avatar": color(one) },
  }, sign ?? Array.from(name)[0].toUpperCase());
}

function color(one) {
  if (one?.color) return one.color.startsWith("#") ? one.color : `#${one.color}`;
  let sum = 0;
  for (const letter of one?.id ?? "") sum = (sum * 31 + letter.codePointAt(0)) % 360;
  return `hsl(${sum} 45% 42%)`;
}
