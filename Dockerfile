# Debian's glibc: the wheels of our dependencies are made for it.
FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements.lock .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.11-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends git openssh-client ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/naru naru \
    && install -d -o naru -g naru /state
COPY --from=packages /venv /venv
WORKDIR /app
COPY manifest.yml LICENSE ./
COPY domain domain
COPY messages messages
COPY storage storage
COPY commands commands
COPY web web
COPY bot bot
COPY sandbox sandbox
RUN printf '#!/bin/sh\nPYTHONPATH=/app exec /venv/bin/python -m bot "$@"\n' > /usr/local/bin/naru \
    && chmod 0755 /usr/local/bin/naru \
    && /venv/bin/python -m compileall -q /app
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NARU_STATE_DIR=/state \
    NARU_HOST=0.0.0.0 \
    NARU_PORT=8080
USER naru
WORKDIR /state
VOLUME /state
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/venv/bin/python", "-c", \
    "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['NARU_PORT']}/healthz\", timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["naru"]
CMD ["serve"]
