# One process, one folder of data. `docs/operations.md` says how to run it.
FROM node:24-bookworm-slim AS build
WORKDIR /src
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/assemble-image.mjs /image

FROM node:24-bookworm-slim
WORKDIR /app
# The server only reads its own files: they belong to root, the data to the user that runs it.
COPY --from=build /image ./
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TOUCHSTONE_DATA_DIR=/data NEXT_TELEMETRY_DISABLED=1
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "probe.mjs"]
# Calls in flight get 8 s: give it 15 before it is killed (docker stop -t 15).
STOPSIGNAL SIGTERM
CMD ["node", "start.mjs"]
