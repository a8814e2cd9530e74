// What the server asks of the rest of the sidecar: one function for each route of the contract, typed by it.
import type { z } from 'zod';
import type { ResponseOf, routes, RouteName } from '../../contract/index.ts';
import type { Acting } from '../../use-cases/ports/acting.ts';

type RouteOf<N extends RouteName> = (typeof routes)[N];

/** `:number` is a number, every other parameter an id. */
type ParameterOf<Name extends string> = Name extends 'number' ? number : string;
type ParametersOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: ParameterOf<K> } & ParametersOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { [K in Name]: ParameterOf<K> }
    : unknown;

type QueryOf<R> = R extends { query: infer Q extends z.ZodType } ? z.output<Q> : undefined;
type BodyOf<R> = R extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;

export type RouteInput<N extends RouteName> = {
  /** The verified sender: a WordPress user, or a security tool whose `actor.name` is the name of its key. */
  acting: Acting;
  /** The sender's own id of this message (`webhook-id`). */
  messageId: string;
  params: ParametersOf<RouteOf<N>['path']>;
  query: QueryOf<RouteOf<N>>;
  body: BodyOf<RouteOf<N>>;
};

/** A file instead of JSON. */
export type Download = {
  /** Of letters, digits, `.`, `_` and `-`. */
  filename: string;
  contentType: string;
  /** In parts, so that it need not fit in memory; or whole. */
  body: AsyncIterable<Uint8Array> | Uint8Array;
};

export type RouteAnswer<N extends RouteName> =
  RouteOf<N> extends { response: z.ZodType } ? ResponseOf<N> : Download;

export type Handlers = {
  [N in RouteName]: (input: RouteInput<N>) => Promise<RouteAnswer<N>>;
};
