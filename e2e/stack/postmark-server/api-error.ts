// The errors Postmark's API answers with: an HTTP status, an ErrorCode and a Message.
// Codes and wording follow postmarkapp.com/developer/api/overview and texts seen in its client libraries' issues.

/** One error as it goes on the wire: `{ErrorCode, Message}` with this HTTP status. */
export interface ApiError {
  readonly httpStatus: number;
  readonly code: number;
  readonly message: string;
}

const unprocessable = (code: number, message: string): ApiError => ({
  httpStatus: 422,
  code,
  message,
});

export const missingToken: ApiError = {
  httpStatus: 401,
  code: 10,
  message:
    'No Account or Server API tokens were supplied in the HTTP headers. Please add a header for either X-Postmark-Server-Token or X-Postmark-Account-Token.',
};

export const wrongToken: ApiError = {
  httpStatus: 401,
  code: 10,
  message: 'Request does not contain a valid Server token.',
};

/** HTTP 415 since November 2023: status.postmarkapp.com, "Changes to Email API validation". */
export const jsonHeadersRequired: ApiError = {
  httpStatus: 415,
  code: 409,
  message:
    'The request is missing the headers "Content-Type: application/json" or "Accept: application/json".',
};

export const unknownRoute: ApiError = {
  httpStatus: 404,
  code: 404,
  message: 'The requested resource does not exist.',
};

export const maintenance: ApiError = {
  httpStatus: 503,
  code: 100,
  message: 'The Postmark API is offline for maintenance.',
};

export const rateLimited: ApiError = {
  httpStatus: 429,
  code: 429,
  message: 'Rate limit exceeded. Please reduce the rate of requests.',
};

export const invalidJson = unprocessable(402, 'Invalid JSON: the payload is not valid JSON.');
export const tooManyMessages = unprocessable(
  410,
  'You may only send up to 500 messages in a single batch request.',
);
export const emptyBody = unprocessable(300, 'Provide either email TextBody or HtmlBody or both.');
export const zeroRecipients = unprocessable(300, 'Zero recipients specified');
export const forbiddenAttachment = unprocessable(411, 'Attachment file type not allowed.');
export const messageNotFound = unprocessable(701, 'This message does not exist.');
export const bounceNotFound = unprocessable(407, 'The bounce you requested was not found.');
export const streamNotFound = unprocessable(
  1226,
  "The message stream for the provided 'ID' was not found.",
);
export const streamCannotSend = unprocessable(
  1236,
  "Sending is not supported on the supplied 'MessageStream'.",
);

/** Code 403; paths are JSON paths such as `$.Metadata` or `$[3].Headers`. */
export const invalidFields = (paths: readonly string[]): ApiError =>
  unprocessable(403, `Invalid request field(s): ${paths.join(', ')}`);

/** Code 300, the catch-all for a message that breaks a rule. */
export const invalidEmailRequest = (message: string): ApiError => unprocessable(300, message);

/** Code 1235. */
export const unknownStream = (stream: string): ApiError =>
  unprocessable(1235, `The stream provided: '${stream}' does not exist on this server.`);

/** Code 400. */
export const unknownSender = (address: string): ApiError =>
  unprocessable(
    400,
    `The 'From' address you supplied (${address}) is not a Sender Signature on your account. Please add and confirm this address in order to be able to use it in the 'From' field of your messages.`,
  );

/** Code 401. */
export const unconfirmedSender = (address: string): ApiError =>
  unprocessable(
    401,
    `The Sender Signature for the 'From' address you supplied (${address}) has not been confirmed yet.`,
  );

/** Code 406; the address list is what `InactiveRecipientsError.recipients` of the client is parsed from. */
export const inactiveRecipients = (addresses: readonly string[]): ApiError =>
  unprocessable(
    406,
    `You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: ${addresses.join(', ')}. Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression.`,
  );

/** Code 700 for message searches, 408 for bounce searches. */
export const invalidQuery = (code: 700 | 408, message: string): ApiError =>
  unprocessable(code, message);
