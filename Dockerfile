# syntax=docker/dockerfile:1
# The bot alone: no sandbox, no tests, nothing that only makes it.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Node is in the image, and PostgreSQL in another.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm sbom --omit=dev --omit=optional --sbom-format=cyclonedx > sbom.json

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 METRICS_HOST=0.0.0.0 HANDOFF_DATA_DIR=/tmp/handoff HANDOFF_POLICY=/config/policy.yaml
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=packages /app/sbom.json ./
COPY package.json THIRD_PARTY.md ./
COPY src src
COPY prisma/migrations prisma/migrations
COPY manifests manifests
USER node
EXPOSE 3000 9464
HEALTHCHECK --start-period=30s --interval=15s --timeout=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# As `npm start` does, but as the process that gets the signals.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=40", "src/main.ts"]
