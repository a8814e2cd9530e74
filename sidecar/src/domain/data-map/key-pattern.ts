// Patterns of keys: `*` is any run of characters, `{prefix}` the site's table prefix.

/**
 * `{prefix}` stands for `wp_`, for `wp_2_` of another site of the network, and for both without the last underscore:
 * WordPress puts the prefix before a key (`wp__stripe_customer_id`), WooCommerce puts it behind one without the underscore
 * (`_wc_email_verified_wp`). Digits of the pattern also match `#`, into which a scan folds digits.
 */
export function keyMatches(pattern: string, key: string, prefix: string): boolean {
  return isLiteral(pattern) ? pattern === key : keyExpression(pattern, prefix).test(key);
}

/** No `*` and no `{prefix}`: the key itself. */
export function isLiteral(pattern: string): boolean {
  return !pattern.includes('*') && !pattern.includes('{prefix}');
}

export function keyExpression(pattern: string, prefix: string): RegExp {
  const bare = prefix.endsWith('_') ? prefix.slice(0, -1) : prefix;
  const site = `${quote(bare)}(?:_(?:\\d+|#))?_?`;
  const [first = '', ...parts] = pattern
    .split('*')
    .map((part) => part.split('{prefix}').map(quote).join(site));
  let groups = 0;
  const rest = parts.map((part, place) => {
    // Between two `*` the first place that fits will do: looking for a later one takes years on a key made for it.
    if (place === parts.length - 1 || part.includes(site)) return `[\\s\\S]*${part}`;
    groups += 1;
    return `(?=([\\s\\S]*?${part}))\\${groups}`;
  });
  return new RegExp(`^${first}${rest.map((part) => `(?:${part})`).join('')}$`, 'u');
}

function quote(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/\d+/g, (digits) => `(?:${digits}|#)`);
}
