// Postmark as a mail provider: batches, search by metadata, and the checks that must pass before anything is sent.
import { Message, ServerClient } from 'postmark';
import type {
  FoundMessage,
  MailProvider,
  MessageResult,
  OutgoingBatch,
  ProviderFinding,
  SearchAnswer,
  SendAnswer,
} from '../../use-cases/ports/mail-provider.ts';
import { sortFailure, sortMessage } from './sort-errors.ts';
import { networkFailureOf, sortingFetch } from './sorting-fetch.ts';

export type PostmarkSettings = {
  serverToken: string;
  /** API root, `https://api.postmarkapp.com` unless a compatible server is used. */
  apiUrl: string;
  /** Total deadline of one call in seconds. */
  timeoutSeconds: number;
};

/** Metadata names: at most 20 characters each (support article 1125). */
const BATCH = 'tocsin-batch';
const DELIVERY = 'tocsin-delivery';
const SEARCH_PAGE = 500;
/** Postmark's offset paging is not known to go further. A batch has at most 500 messages, so this is never reached rightly. */
const SEARCH_LIMIT = 10_000;

export function makePostmarkProvider(settings: PostmarkSettings): MailProvider {
  const url = new URL(settings.apiUrl);
  const client = new ServerClient(settings.serverToken, {
    useHttps: url.protocol === 'https:',
    requestHost: url.host,
    timeout: settings.timeoutSeconds,
    fetch: sortingFetch,
  });
  return {
    name: 'postmark',
    send: (batch) => send(client, batch),
    findBatch: (input) => findBatch(client, input),
    check: (input) => check(client, input),
  };
}

async function send(client: ServerClient, batch: OutgoingBatch): Promise<SendAnswer> {
  let answers: { ErrorCode: number; MessageID?: string }[];
  try {
    answers = await client.sendEmailBatch(
      batch.messages.map((message) => toPostmark(batch, message)),
    );
  } catch (error) {
    return sortFailure(error);
  }
  // The package does not check the answer: fewer answers than messages would shift everybody's outcome by one.
  if (!Array.isArray(answers) || answers.length !== batch.messages.length) {
    return { kind: 'unknown', reason: 'answer_does_not_match' };
  }
  // Accepted without a number: it was taken, and only a search can say as what.
  if (answers.some((answer) => answer.ErrorCode === 0 && !isNumbered(answer))) {
    return { kind: 'unknown', reason: 'answer_without_message_id' };
  }
  return sortAnswers(answers);
}

function isNumbered(answer: { MessageID?: string }): answer is { MessageID: string } {
  return typeof answer.MessageID === 'string' && answer.MessageID !== '';
}

/** A batch this large that fails as a whole for one reason does not fail for its recipients. */
const WHOLE_BATCH = 10;

function sortAnswers(answers: readonly { ErrorCode: number; MessageID?: string }[]): SendAnswer {
  let hold: { reason: string; sentence: string } | undefined;
  const results = answers.map((answer): MessageResult => {
    if (isNumbered(answer) && answer.ErrorCode === 0) {
      return { state: 'accepted', providerMessageId: answer.MessageID };
    }
    const sorted = sortMessage(answer.ErrorCode);
    if (sorted.account !== undefined) {
      hold = { reason: `postmark.${answer.ErrorCode}`, sentence: sorted.account };
    }
    return sorted.result;
  });
  const [first] = answers;
  const failsAsOne =
    first !== undefined &&
    answers.length >= WHOLE_BATCH &&
    results.every((result) => result.state === 'failed') &&
    answers.every((answer) => answer.ErrorCode === first.ErrorCode);
  if (failsAsOne) {
    const reason = `postmark.${first.ErrorCode}`;
    return {
      kind: 'answered',
      results: results.map(() => ({ state: 'returned', reason })),
      hold: {
        reason,
        sentence: `Postmark refused every message of a batch with code ${first.ErrorCode}, so the cause is the notice or the setup, not the recipients.`,
      },
    };
  }
  return hold === undefined ? { kind: 'answered', results } : { kind: 'answered', results, hold };
}

function toPostmark(batch: OutgoingBatch, message: OutgoingBatch['messages'][number]): Message {
  const sent = new Message(batch.from, message.subject, message.html, message.text);
  sent.To = recipient(message.toName, message.to);
  sent.MessageStream = batch.stream;
  sent.Tag = 'tocsin-notice';
  sent.Metadata = { [BATCH]: batch.batchId, [DELIVERY]: message.deliveryId };
  sent.Headers = [
    { Name: 'Message-ID', Value: message.messageId },
    // Postmark replaces a Message-ID that it does not like unless it is told to keep it.
    { Name: 'X-PM-KeepID', Value: 'true' },
  ];
  sent.TrackOpens = false;
  return sent;
}

/** `"Name" <address>` (RFC 5322); a name with quotes or backslashes is left out rather than escaped wrongly by somebody. */
function recipient(name: string, address: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return clean === '' || /["\\<>@,;]/.test(clean) ? address : `"${clean}" <${address}>`;
}

/**
 * Complete only when as many messages came as Postmark says there are, and each of them is one of ours: what a search leaves
 * out would otherwise count as never taken, and be sent again.
 */
async function findBatch(
  client: ServerClient,
  input: { batchId: string; stream: string },
): Promise<SearchAnswer> {
  const found: FoundMessage[] = [];
  try {
    for (let offset = 0; offset < SEARCH_LIMIT; offset = found.length) {
      // Postmark takes one metadata field a search; the batch id finds up to 500 deliveries at once.
      const page = await client.getOutboundMessages({
        count: SEARCH_PAGE,
        offset,
        messageStream: input.stream,
        [`metadata_${BATCH}`]: input.batchId,
      });
      for (const message of page.Messages) {
        // The package's types promise metadata; an answer without it cannot be told apart from another's.
        const metadata = message.Metadata as Record<string, string> | undefined;
        const deliveryId = metadata?.[DELIVERY];
        if (deliveryId === undefined || metadata?.[BATCH] !== input.batchId) {
          return { kind: 'unavailable', reason: 'answer_not_attributable' };
        }
        found.push({ deliveryId, providerMessageId: message.MessageID });
      }
      if (found.length === Number(page.TotalCount)) return { kind: 'searched', found };
      if (page.Messages.length === 0) return { kind: 'unavailable', reason: 'answer_incomplete' };
    }
    return { kind: 'unavailable', reason: 'too_many_messages' };
  } catch (error) {
    const network = networkFailureOf(error);
    return {
      kind: 'unavailable',
      reason: network === null ? 'search_failed' : `network_${network.cause.toLowerCase()}`,
    };
  }
}

async function check(
  client: ServerClient,
  input: { stream: string; from: string },
): Promise<ProviderFinding[]> {
  try {
    await client.getServer();
  } catch (error) {
    const answer = sortFailure(error);
    return [
      {
        ok: false,
        sentence:
          answer.kind === 'refused'
            ? answer.sentence
            : 'Postmark gave no clear answer to a simple question.',
        mend: 'Check postmark.server_token and that this machine may reach the Postmark API over HTTPS.',
      },
    ];
  }
  try {
    const stream = await client.getMessageStream(input.stream);
    return [
      {
        ok: true,
        sentence: `Postmark knows the token and the stream ${stream.ID} (${stream.MessageStreamType}).`,
        mend: '',
      },
    ];
  } catch {
    return [
      {
        ok: false,
        sentence: `Postmark has no message stream ${input.stream} on this server.`,
        mend: 'Create the stream in Postmark, or set postmark.stream to one of the streams of the server.',
      },
    ];
  }
}
