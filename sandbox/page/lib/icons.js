/** The page's own icons: 20 × 20 line drawings as SVG path data. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  alert: "M10 3 18 17H2z M10 8v4 M10 14.5v.2",
  at: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0z M13 7v4.2a2.2 2.2 0 0 0 4.3 0V10A7.3 7.3 0 1 0 13 16.7",
  back: "M12 4 6 10l6 6",
  bookmark: "M6 3h8v14l-4-3.5L6 17z",
  bold: "M6 4h5a3 3 0 0 1 0 6H6z M6 10h6a3 3 0 0 1 0 6H6z",
  calendar: "M4 5h12v12H4z M4 8.5h12 M7 3v3 M13 3v3",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  chevron: "M5 7.5 10 12.5 15 7.5",
  clock: "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z M10 6v4l3 2",
  close: "M5 5 15 15 M15 5 5 15",
  code: "M7 6 3 10l4 4 M13 6l4 4-4 4",
  compass: "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z M12.8 7.2 11.4 11.4 7.2 12.8 8.6 8.6z",
  copy: "M7 7h9v9H7z M13 7V4H4v9h3",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5z M12 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
  file: "M5 3h7l3.5 3.5V17H5z M12 3v4h3.5",
  forward: "M8 4l6 6-6 6",
  globe: "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z M3 10h14 M10 3c3 3 3 11 0 14 M10 3c-3 3-3 11 0 14",
  hash: "M8 3 6.5 17 M13.5 3 12 17 M3.5 7.5h13.5 M3 12.5h13.5",
  home: "M3 9.5 10 3.5l7 6 M5 8.5V16.5h3.8v-4.5h2.4v4.5H15V8.5",
  italic: "M9 4h5 M6 16h5 M11.5 4 8.5 16",
  link: "M8.5 11.5 11.5 8.5 M9 6.5l2-2a3 3 0 0 1 4.5 4.5l-2 2 M11 13.5l-2 2A3 3 0 0 1 4.5 11l2-2",
  lock: "M5 9h10v8H5z M7 9V6.5a3 3 0 0 1 6 0V9",
  menu: "M3 5.5h14 M3 10h14 M3 14.5h14",
  message: "M3 4h14v10H9l-4 3v-3H3z",
  messages: "M3 3.5h10v7.5H7l-2.5 2v-2H3z M15 7h2v7.5h-1.5v2l-2.5-2H8.5v-1.5",
  moon: "M16 12A7 7 0 0 1 8 4a6.5 6.5 0 1 0 8 8z",
  more: "M10 4.5v.1 M10 10v.1 M10 15.5v.1",
  people: "M10.5 7a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0z M2.5 16c0-3 2.3-4.7 5.3-4.7S13 13 13 16 M12.5 4.6a2.6 2.6 0 0 1 0 4.9 M14.5 11.6c2 .6 3 2.2 3 4.4",
  pin: "M7 3h6l-.7 5 2.7 3H5l2.7-3z M10 11v6",
  play: "M6 4v12l10-6z",
  fast: "M3 5v10l7-5z M10 5v10l7-5z",
  plus: "M10 4v12 M4 10h12",
  refresh: "M15.5 8A6 6 0 1 0 16 11.5 M16 4v4h-4",
  reply: "M3 4h14v10H9l-4 3v-3H3z M7 8h6 M7 10.7h4",
  search: "M13.5 8.5a5 5 0 1 1-10 0 5 5 0 0 1 10 0z M12.2 12.2 17 17",
  send: "M3 3.5 17.5 10 3 16.5 5 10z M5 10h7",
  shop: "M3 8 4.5 3.5h11L17 8 M3 8a2.3 2.3 0 0 0 4.7 0 2.3 2.3 0 0 0 4.6 0 2.3 2.3 0 0 0 4.7 0 M4.5 10.8V16.5h11v-5.7 M8.3 16.5v-3.7h3.4v3.7",
  slash: "M13 3 7 17",
  smile: "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z M7.5 8v.1 M12.5 8v.1 M7 11.5c1.5 2.6 4.5 2.6 6 0",
  strike: "M3 10h14 M13.5 6.5C13 5 11.7 4 10 4 8 4 6.5 5.2 6.5 6.8c0 1 .5 1.7 1.5 2.2 M6.3 13.2C6.7 15 8.2 16 10.2 16c2.1 0 3.5-1.2 3.5-2.9",
  sun: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0z M10 2.5v2 M10 15.5v2 M2.5 10h2 M15.5 10h2 M4.7 4.7l1.4 1.4 M13.9 13.9l1.4 1.4 M4.7 15.3l1.4-1.4 M13.9 6.1l1.4-1.4",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
