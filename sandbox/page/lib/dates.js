/** Dates as Slack shows them: in the reader's zone and language, pretty ones by the workspace's clock. */

import { now } from "./clock.js";
import { isKorean, t, zone } from "./words.js";

const DAY = 86400;
// Slack leaves the year out when the date is less than six months away (formatting reference, <!date>).
const SIX_MONTHS = 183 * DAY;

const formats = new Map();

const language = () => (isKorean() ? "ko-KR" : "en-US");

function format(unix, options, tz = zone()) {
  const key = JSON.stringify([language(), tz, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language(), { timeZone: tz, ...options }));
  // Browsers put a narrow no-break space before AM and PM; people search for and copy a plain one.
  return formats.get(key).format(new Date(unix * 1000)).replaceAll("\u202f", " ");
}

/** {year, month, day, hour, minute} in a zone, as numbers. */
export function parts(unix, tz = zone()) {
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: tz, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  }).formatToParts(new Date(unix * 1000));
  return Object.fromEntries(made.filter((one) => one.type !== "literal").map((one) => [one.type, Number(one.value)]));
}

const two = (number) => String(number).padStart(2, "0");

/** "2026-03-10" in the reader's zone. */
export function isoDay(unix, tz = zone()) {
  const { year, month, day } = parts(unix, tz);
  return `${year}-${two(month)}-${two(day)}`;
}

export function isoTime(unix, tz = zone()) {
  const { hour, minute } = parts(unix, tz);
  return `${two(hour)}:${two(minute)}`;
}

/** Unix seconds of a wall time in a zone; a time that a clock change skips moves to after it. */
export function toUnix(day, time, tz = zone()) {
  const wanted = Date.parse(`${day}T${time}:00Z`) / 1000;
  let guess = wanted;
  for (let round = 0; round < 3; round += 1) {
    const shown = Date.parse(`${isoDay(guess, tz)}T${isoTime(guess, tz)}:00Z`) / 1000;
    guess += wanted - shown;
  }
  return guess;
}

export const dayNumber = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / 1000 / DAY);

function relativeDay(unix) {
  const distance = dayNumber(isoDay(unix)) - dayNumber(isoDay(now()));
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[distance] ?? null;
}

export const clockTime = (unix, tz = zone()) => format(unix, { hour: "numeric", minute: "2-digit" }, tz);

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${{ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th"}`;
}

function longDay(unix, { weekday = false, short = false } = {}) {
  const far = Math.abs(unix - now()) > SIX_MONTHS;
  const options = { month: short ? "short" : "long", day: "numeric" };
  if (weekday) options.weekday = "long";
  if (far) options.year = "numeric";
  if (isKorean() || short) return format(unix, options);
  const { year, day } = parts(unix);
  const month = format(unix, { month: "long" });
  const name = weekday ? `${format(unix, { weekday: "long" })}, ` : "";
  return `${name}${month} ${ordinal(day)}${far ? `, ${year}` : ""}`;
}

function pretty(unix, fallback) {
  const name = relativeDay(unix);
  return name ? t(`date.${name}`) : fallback;
}

function ago(unix) {
  const seconds = unix - now();
  const units = [["day", DAY], ["hour", 3600], ["minute", 60]];
  const made = new Intl.RelativeTimeFormat(language(), { numeric: "always" });
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return made.format(Math.trunc(seconds / size), unit);
  }
  return t("date.ago.now");
}

const TOKENS = {
  date_num: (unix) => isoDay(unix),
  date: (unix) => longDay(unix),
  date_short: (unix) => longDay(unix, { short: true }),
  date_long: (unix) => longDay(unix, { weekday: true }),
  date_pretty: (unix) => pretty(unix, longDay(unix)),
  date_short_pretty: (unix) => pretty(unix, longDay(unix, { short: true })),
  date_long_pretty: (unix) => pretty(unix, longDay(unix, { weekday: true })),
  time: (unix) => clockTime(unix),
  time_secs: (unix) => format(unix, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (unix) => ago(unix),
  day_divider_pretty: (unix) => dayDivider(unix),
};

/** What `<!date^unix^pattern|…>` shows; null for a pattern without any token or a bad time. */
export function dateToken(unix, pattern) {
  if (!Number.isFinite(unix)) return null;
  let known = false;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!Object.hasOwn(TOKENS, name)) return whole;
    known = true;
    return TOKENS[name](unix);
  });
  return known ? text : null;
}

export function dayDivider(unix) {
  const name = relativeDay(unix);
  return name ? t(`day.${name}`) : longDay(unix, { weekday: true });
}

export const fullDate = (unix) => format(unix, { dateStyle: "full", timeStyle: "medium" });

export const pickedDay = (day) =>
  format(Date.parse(`${day}T12:00:00Z`) / 1000, { year: "numeric", month: "long", day: "numeric" }, "UTC");

export const pickedTime = (time) => format(Date.parse(`2026-01-01T${time}:00Z`) / 1000, { hour: "numeric", minute: "2-digit" }, "UTC");

export const monthTitle = (year, month) => format(Date.UTC(year, month - 1, 15) / 1000, { year: "numeric", month: "long" }, "UTC");

/** Short names of the week's days, Sunday first, as Slack's calendar has them. */
export const weekdays = () =>
  [4, 5, 6, 7, 8, 9, 10].map((day) => format(Date.UTC(2026, 0, day) / 1000, { weekday: "short" }, "UTC"));

/** "Thu, Mar 12, 9:05 AM" for the clock bar. */
export const clockFace = (unix) =>
  format(unix, { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });

export const zoneName = (unix) =>
  new Intl.DateTimeFormat(language(), { timeZone: zone(), timeZoneName: "short" })
    .formatToParts(new Date(unix * 1000))
    .find((one) => one.type === "timeZoneName").value;
