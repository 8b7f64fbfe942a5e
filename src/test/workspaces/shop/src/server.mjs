/**
 * The dev server, on a loopback port: SHOP_PORT, or any free one. Writes its address to .dev-url,
 * where the end-to-end tests find it, and a line per request to logs/access.log.
 */
import { createServer } from "node:http";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { CATALOGUE, format, total } from "./prices.mjs";

const started = performance.now();
const port = Number(process.env.SHOP_PORT ?? 0);

mkdirSync("logs", { recursive: true });
appendFileSync("logs/access.log", "");

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const [status, body] = answer(url);
  appendFileSync("logs/access.log", `${request.method} ${url.pathname} ${status}\n`);
  console.log(`\x1b[36m${request.method}\x1b[0m ${url.pathname} \x1b[${status < 400 ? 32 : 31}m${status}\x1b[0m`);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
});

function answer(url) {
  switch (url.pathname) {
    case "/health":
      return [200, { ok: true }];
    case "/items":
      return [200, CATALOGUE];
    case "/total":
      try {
        const basket = {};
        for (const [id, count] of url.searchParams) {
          basket[id] = Number(count);
        }
        return [200, { total: format(total(basket)) }];
      } catch (error) {
        return [400, { error: error.message }];
      }
    default:
      return [404, { error: `nothing at ${url.pathname}` }];
  }
}

function stop() {
  console.log("shutting down");
  rmSync(".dev-url", { force: true });
  server.close(() => process.exit(0));
  server.closeAllConnections();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

server.listen(port, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  writeFileSync(".dev-url", address);
  console.log(`shop at ${address}`);
  console.log(`ready in ${Math.round(performance.now() - started)}ms`);
});
