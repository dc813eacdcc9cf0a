import { PATHS } from '../../lib/protocol/paths.ts';
import { openapiDocument } from '../api/openapi.ts';
import { openRoute } from '../api/route.ts';

/** The description of everything that this collector answers, made from the table of routes. */
export const openapiRoute = openRoute({
  id: 'openapi.read',
  method: 'GET',
  path: PATHS.openapi,
  summary: 'This document',
  handle: ({ routes }) => openapiDocument(routes),
});
