// The HTML page around a notice: one calm column that reads well in mail programs, at 200 % zoom, in dark mode and
// from right to left. Nothing is fetched from anywhere: no image, font or style sheet.

export type LayoutInput = {
  language: string;
  direction: 'ltr' | 'rtl';
  shopName: string;
  reference: string;
};

/** Everything before the subject, between subject and body, and after the body. All inputs are escaped already. */
export type Layout = { beforeTitle: string; beforeBody: string; afterBody: string };

const STYLE = [
  'body{margin:0;padding:0;background:#f4f4f2;color:#1e1e1e}',
  '.page{max-width:600px;margin:0 auto;padding:24px 20px;background:#ffffff;font:16px/1.6 Arial,Helvetica,sans-serif}',
  '.from{margin:0 0 20px;font-size:14px;font-weight:bold;color:#50575e}',
  'h1{margin:0 0 16px;font-size:24px;line-height:1.3}',
  'h2{margin:28px 0 8px;font-size:18px;line-height:1.4}',
  'p,ul,ol,blockquote{margin:0 0 14px}',
  'ul,ol{padding-inline-start:24px}',
  'li{margin:0 0 6px}',
  'a{color:#0a4b78}',
  'hr{border:0;border-top:1px solid #dcdcde;margin:24px 0}',
  '.foot{margin:28px 0 0;padding:14px 0 0;border-top:1px solid #dcdcde;font-size:13px;color:#50575e}',
  '@media (prefers-color-scheme:dark){body{background:#1e1e1e;color:#f0f0f1}.page{background:#2c2c2c}a{color:#9ecbee}.from,.foot{color:#c3c4c7}}',
].join('');

export function layoutOf({ language, direction, shopName, reference }: LayoutInput): Layout {
  return {
    beforeTitle: `<!doctype html>\n<html lang="${language}" dir="${direction}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n<title>`,
    // Some mail programs drop html and head, so language and direction are said again.
    beforeBody: `</title>\n<style>${STYLE}</style>\n</head>\n<body>\n<div class="page" role="article" lang="${language}" dir="${direction}">\n<p class="from">${shopName}</p>\n`,
    afterBody: `<p class="foot">${shopName} · ${reference}</p>\n</div>\n</body>\n</html>\n`,
  };
}
