// Posts queued webhook events with Basic auth and bounded concurrency, and retries as Postmark's newer schedule
// does: six times, on 5xx, 408, 429 and network errors only; any other answer but 2xx ends the event.

import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Counters } from './counters.ts';
import type { WebhookEvent, WebhookJob, WebhookQueue } from './webhook-queue.ts';

/** Where webhooks go. */
export interface WebhookTarget {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** Default: all three. */
  readonly events?: readonly WebhookEvent[];
  /** Default 8. */
  readonly concurrency?: number;
  /** Scales the schedule of 1, 5, 10, 10, 10 and 15 minutes. Default 0.001: 60 ms to 900 ms. */
  readonly retryScale?: number;
  /** Milliseconds an attempt may take. Default 10,000. */
  readonly timeoutMs?: number;
}

const MINUTE = 60_000;
/** From ActiveCampaign/postmark-skills, postmark-webhooks. */
const RETRY_MINUTES: readonly number[] = [1, 5, 10, 10, 10, 15];
const BUFFER = 64;

type Verdict = 'delivered' | 'retry' | 'refused';

export class WebhookSender {
  readonly #target: WebhookTarget;
  readonly #queue: WebhookQueue;
  readonly #counters: Counters;
  readonly #describe: (job: WebhookJob) => object | undefined;
  readonly #options: RequestOptions;
  readonly #agent: HttpAgent | HttpsAgent;
  #buffer: WebhookJob[] = [];
  #active = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #idleWaiters: (() => void)[] = [];

  constructor(settings: {
    readonly target: WebhookTarget;
    readonly queue: WebhookQueue;
    readonly counters: Counters;
    /** The JSON of a job, or undefined when its message is gone. */
    readonly describe: (job: WebhookJob) => object | undefined;
  }) {
    this.#target = settings.target;
    this.#queue = settings.queue;
    this.#counters = settings.counters;
    this.#describe = settings.describe;
    const url = new URL(settings.target.url);
    const secure = url.protocol === 'https:';
    this.#agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
    const user = settings.target.user ?? decodeURIComponent(url.username);
    const password = settings.target.password ?? decodeURIComponent(url.password);
    this.#options = {
      method: 'POST',
      agent: this.#agent,
      timeout: settings.target.timeoutMs ?? 10_000,
      ...(user === '' ? {} : { auth: `${user}:${password}` }),
    };
  }

  /** True when events of this kind are to be posted. */
  wants(event: WebhookEvent): boolean {
    return this.#target.events?.includes(event) ?? true;
  }

  /** Starts whatever is due; call after adding to the queue. */
  wake(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    while (this.#active < (this.#target.concurrency ?? 8)) {
      if (this.#buffer.length === 0) this.#buffer = this.#queue.take(Date.now(), BUFFER);
      const job = this.#buffer.shift();
      if (!job) {
        this.#sleepUntilDue();
        return;
      }
      this.#active += 1;
      void this.#post(job).finally(() => {
        this.#active -= 1;
        this.wake();
      });
    }
  }

  /** Resolves when every event was delivered or given up. */
  settled(): Promise<void> {
    if (this.#queue.size() === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#agent.destroy();
    this.#releaseWaiters();
  }

  #sleepUntilDue(): void {
    const due = this.#queue.nextDue();
    if (due !== undefined) {
      this.#timer = setTimeout(() => this.wake(), Math.max(1, due - Date.now()));
    } else if (this.#active === 0) {
      this.#releaseWaiters();
    }
  }

  #releaseWaiters(): void {
    for (const release of this.#idleWaiters.splice(0)) release();
  }

  async #post(job: WebhookJob): Promise<void> {
    const body = this.#describe(job);
    if (!body) {
      this.#queue.remove(job.id);
      return;
    }
    this.#counters.count('webhooks', 'attempts');
    const verdict = await this.#attempt(job, JSON.stringify(body));
    // A stopped server has closed its database; the job is still in it and goes again after a restart.
    if (!this.#stopped) this.#settle(job, verdict);
  }

  #settle(job: WebhookJob, verdict: Verdict): void {
    const wait = RETRY_MINUTES[job.attempt];
    if (verdict === 'retry' && wait !== undefined) {
      const delay = wait * MINUTE * (this.#target.retryScale ?? 0.001);
      this.#queue.postpone(job.id, Date.now() + delay);
      this.#counters.count('webhooks', 'retried');
      return;
    }
    this.#queue.remove(job.id);
    this.#counters.count('webhooks', verdict === 'retry' ? 'exhausted' : verdict);
  }

  #attempt(job: WebhookJob, body: string): Promise<Verdict> {
    const request = this.#target.url.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve) => {
      const call = request(this.#target.url, {
        ...this.#options,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Postmark',
          'x-pm-webhook-trace-id': job.traceId,
          'x-pm-retries-remaining': String(RETRY_MINUTES.length - job.attempt),
        },
      });
      call.on('response', (response: IncomingMessage) => {
        response.resume();
        response.on('error', () => resolve('retry'));
        response.on('end', () => resolve(judge(response.statusCode ?? 0)));
      });
      call.on('timeout', () => call.destroy(new Error('timeout')));
      call.on('error', () => resolve('retry'));
      call.end(body);
    });
  }
}

function judge(status: number): Verdict {
  if (status >= 200 && status < 300) return 'delivered';
  return status >= 500 || status === 408 || status === 429 ? 'retry' : 'refused';
}
