// The API's description (OpenAPI 3.1), made from the contract's schemas, so that it cannot say anything else.
import { z } from 'zod';
import { Id, Problem, routes, type Route } from '../../contract/index.ts';

type Json = Record<string, unknown>;

const PROBLEM_REF = { $ref: '#/components/responses/Problem' };

export function makeOpenApi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tocsin sidecar',
      version,
      description:
        'Every request is signed; see docs/decisions/0002-signed-requests.md. Errors are RFC 9457 problem details with a stable code.',
    },
    paths,
    components: {
      schemas: { Problem: jsonSchema(Problem, 'output') },
      responses: {
        Problem: {
          description: 'What was wrong and what to do next',
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          },
        },
      },
      securitySchemes: {
        plugin: signatureScheme('The plugin, for the WordPress user named in tocsin-actor'),
        monitor: signatureScheme('A security tool, as Standard Webhooks'),
      },
    },
  };
}

function operationOf(name: string, route: Route): Json {
  return {
    operationId: name,
    summary: route.summary,
    ...(route.access.by === 'plugin' ? { 'x-capability': route.access.capability } : {}),
    security: [{ [route.access.by]: [] }],
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body, 'input') } },
          },
        }),
    responses: {
      200: {
        description: 'Done',
        content:
          route.response === undefined
            ? { 'application/zip': { schema: { type: 'string', format: 'binary' } } }
            : { 'application/json': { schema: jsonSchema(route.response, 'output') } },
      },
      ...Object.fromEntries(statusesOf(route).map((status) => [status, PROBLEM_REF])),
    },
  };
}

/** What may go wrong at this route, beside what may always go wrong. */
function statusesOf(route: Route): number[] {
  const isNamed = route.path.includes(':');
  return [
    401,
    ...(route.access.by === 'plugin' ? [403] : []),
    ...(isNamed ? [404] : []),
    409,
    ...(route.body === undefined ? [] : [400, 413, 415]),
    422,
    500,
    503,
  ].sort((a, b) => a - b);
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'number' ? { type: 'integer', minimum: 0 } : jsonSchema(Id, 'input'),
  }));
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (query === undefined) return [];
  // As output, since a number in a query is text on the wire; what has a default need not be sent.
  const { properties } = jsonSchema(query, 'output');
  const required = jsonSchema(query, 'input')['required'];
  return Object.entries((properties ?? {}) as Record<string, Json>).map(([name, schema]) => ({
    name,
    in: 'query',
    required: Array.isArray(required) && required.includes(name),
    schema,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline' }) as Json;
  return rest;
}

function signatureScheme(description: string): Json {
  return { type: 'apiKey', in: 'header', name: 'webhook-signature', description };
}
