# dragoman for a team: pages, worker and backup run from this one image; see docs/server.md.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /opt/dragoman
COPY requirements.lock pyproject.toml README.md LICENSE NOTICE ./
COPY src src
RUN python -m venv venv \
    && venv/bin/pip install --require-hashes -r requirements.lock \
    && venv/bin/pip install --no-build-isolation --no-deps . \
    && venv/bin/pip install "psycopg[binary]>=3.2" \
    && useradd --system --uid 990 --create-home --home-dir /var/lib/dragoman dragoman \
    && mkdir -p /var/backups/dragoman && chown dragoman: /var/backups/dragoman

USER dragoman
ENV PATH=/opt/dragoman/venv/bin:$PATH DRAGOMAN_WORKSPACE=/var/lib/dragoman/workspace
VOLUME ["/var/lib/dragoman", "/var/backups/dragoman"]
EXPOSE 8765
HEALTHCHECK --interval=60s --timeout=30s --start-period=60s CMD ["dragoman", "health"]
ENTRYPOINT ["dragoman"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8765", "--no-worker", "--log-format", "json"]
