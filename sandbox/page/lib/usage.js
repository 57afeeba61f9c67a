/** Reads usage hints of slash commands (pure): which words may come next. */

/**
 * "[start|status] [version]" or "start [type] | status [version]" as alternatives of arguments:
 * [[{words: ["start"]}, {words: [], hint: "[type]"}], …]. An argument has `words` when only these may stand there.
 */
export function readUsage(hint) {
  return splitTop(hint ?? "", "|").map((one) => args(one.trim())).filter((one) => one.length).flatMap(spread);
}

/** Splits at `sign` outside of brackets. */
function splitTop(text, sign) {
  const pieces = [""];
  let depth = 0;
  for (const letter of text) {
    if ("[<({".includes(letter)) depth += 1;
    if ("])}>".includes(letter)) depth -= 1;
    if (letter === sign && depth === 0) pieces.push("");
    else pieces[pieces.length - 1] += letter;
  }
  return pieces;
}

function args(text) {
  return splitTop(text, " ").filter(Boolean).map((piece) => {
    const bare = piece.replace(/^[[<({]+|[\])}>…]+$/g, "");
    const words = bare.split("|").map((word) => word.trim());
    const literal = piece === bare ? words : words.length > 1 ? words : [];
    return { words: literal.filter((word) => /^[\p{L}\p{N}][\p{L}\p{N}-]*$/u.test(word)), hint: piece };
  });
}

/** A first argument with several words stands for as many alternatives. */
function spread(one) {
  const [first, ...rest] = one;
  return first.words.length > 1 ? first.words.map((word) => [{ words: [word], hint: word }, ...rest]) : [one];
}

/**
 * What may stand where the last of `typed` (words after the command; the last one may be "") is being written:
 * [{word, rest}] with `rest` the hints that follow it.
 */
export function suggestions(alternatives, typed) {
  const done = typed.slice(0, -1);
  const begun = typed.at(-1) ?? "";
  const found = new Map();
  for (const one of alternatives) {
    if (!done.every((word, index) => fits(one[index], word))) continue;
    const next = one[done.length];
    for (const word of next?.words ?? []) {
      if (word.startsWith(begun) && !found.has(word)) found.set(word, one.slice(done.length + 1).map((arg) => arg.hint).join(" "));
    }
  }
  return [...found].map(([word, rest]) => ({ word, rest }));
}

/** The alternative that the typed words follow, to show what is still to come; null when none fits. */
export function following(alternatives, typed) {
  return alternatives.find((one) => typed.length > 0 && one.length > 1 && typed.slice(0, one.length).every((word, index) => word !== "" && fits(one[index], word))) ?? null;
}

function fits(arg, word) {
  return Boolean(arg) && (arg.words.length === 0 || arg.words.includes(word));
}
