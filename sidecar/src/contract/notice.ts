// Notice: a template at one version, in one language, for one channel, with the incident's own words filled in.
import { z } from 'zod';
import { Id, Sha256, Time } from './values.ts';

/** One Markdown template of the templates repository at its current commit. */
export const Template = z.object({
  id: z.string(),
  language: z.string(),
  title: z.string(),
  situation: z.string(),
  subject: z.string(),
  blob: z.string(),
  commit: z.string(),
  /** Words the preparer must write for this incident: key, label, help. */
  fields: z.array(z.object({ key: z.string(), label: z.string(), help: z.string() })),
  /** What the law asks a notice to say (GDPR Art. 34(2)), and whether this template covers it. */
  covers: z.array(z.object({ item: z.string(), covered: z.boolean() })),
});
export type Template = z.infer<typeof Template>;

export const NoticeDraft = z.strictObject({
  template_id: z.string().regex(/^[a-z0-9-]{1,80}$/),
  language: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
  /** Words for the template's fields, by key. Plain text, line breaks kept. */
  values: z.record(z.string().regex(/^[a-z_]{1,40}$/), z.string().max(4000)),
});
export type NoticeDraft = z.infer<typeof NoticeDraft>;

export const RenderedNotice = z.object({
  /** Who it is rendered for: an invented person, so that previews show nobody's data. */
  sample: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});
export type RenderedNotice = z.infer<typeof RenderedNotice>;

export const NoticePreview = z.object({ samples: z.array(RenderedNotice) });
export type NoticePreview = z.infer<typeof NoticePreview>;

export const Notice = z.object({
  id: Id,
  template_id: z.string(),
  template_title: z.string(),
  language: z.string(),
  template_blob: z.string(),
  template_commit: z.string(),
  values: z.record(z.string(), z.string()),
  sample: RenderedNotice,
  sample_hash: Sha256,
  set_at: Time,
  set_by: z.string(),
});
export type Notice = z.infer<typeof Notice>;
