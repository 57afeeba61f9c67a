/** Speaks with the workspace's /ui/ addresses. */

import { session } from "./session.js";

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    return { ok: false, error: "connection_lost" };
  }
  try {
    return await response.json();
  } catch {
    return { ok: false, error: `http_${response.status}` };
  }
}

/** The answer of GET /ui/…, or {ok: false, error}. */
export function get(path, query = {}) {
  const params = new URLSearchParams({ ...query, ...(session.as ? { as: session.as } : {}) });
  return call(`/ui/${path}?${params}`, { headers: { Accept: "application/json" } });
}

/** The answer of POST /ui/…: always {ok, error?, errors?, …}. */
export function post(path, body = {}) {
  return call(`/ui/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: session.as, ...body }),
  });
}
