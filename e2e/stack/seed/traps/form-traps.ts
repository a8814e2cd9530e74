// Answers to forms: the address is an answer among others, and may be a friend's.
import { php } from './php-values.ts';
import { reason, type TrapShop } from './trap-shop.ts';

export function layFormTraps(shop: TrapShop): void {
  layGravityForms(shop);
  layFlamingo(shop);
  layFeedback(shop);
}

const ANSWERS = 'gravity-forms.answers';
const ENTRIES = 'gravity-forms.entries';

function layGravityForms(shop: TrapShop): void {
  const userId = shop.account({
    email: 'asks.user@example.net',
    login: 'asksuser',
    first: 'Axel',
    last: 'Asksuser',
  });
  const entries = [
    {
      id: 1,
      by: null,
      daysAgo: 10,
      answers: { '1': 'Grete Guest', '2': 'asks.guest@example.net', '3': 'Call me.' },
    },
    { id: 2, by: userId, daysAgo: 11, answers: { '1': 'Axel', '2': 'asks.friend@example.net' } },
  ];
  for (const { id, by, daysAgo, answers } of entries) {
    shop.add('gf_entry', {
      id,
      form_id: 1,
      date_created: shop.sqlDay(daysAgo),
      ip: '203.0.113.77',
      source_url: 'https://shop.example/contact',
      user_agent: 'Mozilla/5.0',
      created_by: by,
      status: 'active',
    });
    for (const [key, value] of Object.entries(answers)) {
      shop.add('gf_entry_meta', { form_id: 1, entry_id: id, meta_key: key, meta_value: value });
    }
  }
  shop.person({
    id: 'asks-guest',
    contact: 'asks.guest@example.net',
    reasons: [reason(ANSWERS, 'subscriber', 'row same', shop.day(10))],
  });
  shop.person({
    id: 'asks-friend',
    contact: 'asks.friend@example.net',
    reasons: [reason(ANSWERS, 'subscriber', 'row same', shop.day(11))],
  });
  shop.person({
    id: 'asks-user',
    userId,
    contact: 'asks.user@example.net',
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      reason(ANSWERS, 'subscriber', 'same_account same', shop.day(11)),
      reason(ENTRIES, 'subscriber', 'same_account same', shop.day(11)),
    ],
  });
  // The guest's entry itself says only an IP address and a browser.
  shop.figures.unlinked[ENTRIES] = 1;
}

function layFlamingo(shop: TrapShop): void {
  shop.post({
    type: 'flamingo_contact',
    title: 'writes.us@example.net',
    meta: {
      _email: 'writes.us@example.net',
      _name: 'Wanda Writes',
      _props: php({ first_name: 'Wanda', last_name: 'Writes' }),
    },
  });
  shop.person({
    id: 'writes-us',
    name: 'Wanda Writes',
    contact: 'writes.us@example.net',
    reasons: [
      reason('flamingo.contacts', 'subscriber', 'row same', shop.day(10)),
      reason('flamingo.contact-meta', 'subscriber', 'row same', shop.day(10)),
    ],
  });
  // Cut off before the names: the address beside it is whole.
  const cut = php({ note: 'x'.repeat(80), first_name: 'Wilma', last_name: 'Writescut' }).slice(
    0,
    60,
  );
  shop.post({
    type: 'flamingo_contact',
    title: '',
    meta: { _email: 'writes.cut@example.net', _props: cut },
  });
  shop.person({
    id: 'writes-cut',
    contact: 'writes.cut@example.net',
    reasons: [reason('flamingo.contact-meta', 'subscriber', 'row same', shop.day(10))],
  });
  shop.figures.unresolved['flamingo.contact-meta'] = 1;
}

/** Jetpack keeps answers as JSON that WordPress added slashes to. */
function layFeedback(shop: TrapShop): void {
  const answers = JSON.stringify({
    fields: [
      { key: 'email', value: 'says\u0022hello\u0022' },
      { key: 'reply', value: 'feeds.back@example.net' },
    ],
  });
  shop.post({
    type: 'feedback',
    status: 'publish',
    content: answers.replaceAll('\\', '\\\\').replaceAll('"', '\\"'),
  });
  shop.person({
    id: 'feeds-back',
    contact: 'feeds.back@example.net',
    reasons: [reason('jetpack.feedback', 'subscriber', 'row same', shop.day(10))],
  });
}
