import { createServer, type RequestListener } from 'node:http';

/** A server that answers as a test wants it to. */
export interface OwnServer {
  url: string;
  /** Headers of each request so far. */
  seen: { path: string; authorization: string }[];
  stop(): Promise<void>;
}

/** Starts it on loopback, on a free port. */
export async function serveOwn(listener: RequestListener): Promise<OwnServer> {
  const seen: OwnServer['seen'] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '' });
    request.resume();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
