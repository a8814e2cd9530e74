// Invented people's names in many scripts, each with the Latin form its e-mail address uses.

export type Name = { readonly native: string; readonly latin: string };
export type Culture = {
  readonly script: string;
  readonly countries: readonly string[];
  readonly given: readonly Name[];
  readonly family: readonly Name[];
};

/** `Zoë/zoe` is a name and its Latin form; without a slash the lower-cased name is its own. */
function names(text: string): readonly Name[] {
  return text.split(' ').map((entry) => {
    const [native = '', latin = native.toLowerCase()] = entry.split('/');
    return { native, latin };
  });
}

export const CULTURES: readonly Culture[] = [
  {
    script: 'latin',
    countries: ['US', 'GB', 'IE', 'CA', 'AU', 'NZ', 'ZA'],
    given: names('Olivia Noah Amelia Liam Grace Ethan Ruby Jack Hazel Owen Maya Caleb Iris Theo'),
    family: names("Walker Hughes Bennett O'Brien/obrien Carter Doyle Fletcher Grant Shaw Price"),
  },
  {
    script: 'latin-diacritics-western',
    countries: ['DE', 'AT', 'CH', 'FR', 'BE', 'NL'],
    given: names('Jürgen/juergen Zoë/zoe Anaïs/anais René/rene Käthe/kaethe François/francois Lou'),
    family: names('Müller/mueller Lefèvre/lefevre Groß/gross Dupont Bäcker/baecker Noël/noel'),
  },
  {
    script: 'latin-diacritics-nordic',
    countries: ['SE', 'NO', 'DK', 'FI', 'IS'],
    given: names('Åsa/asa Bjørn/bjorn Søren/soren Väinö/vaino Þóra/thora Märta/marta Ingrid'),
    family: names(
      'Ångström/angstrom Østergård/ostergard Jónsdóttir/jonsdottir Mäkinen/makinen Lund',
    ),
  },
  {
    script: 'latin-diacritics-slavic',
    countries: ['PL', 'CZ', 'SK', 'HR', 'SI'],
    given: names(
      'Łukasz/lukasz Małgorzata/malgorzata Jiří/jiri Žofie/zofie Đurđa/durda Ondřej/ondrej',
    ),
    family: names('Wójcik/wojcik Dvořák/dvorak Šimić/simic Żak/zak Kovačič/kovacic Novák/novak'),
  },
  {
    script: 'latin-diacritics-iberian',
    countries: ['ES', 'PT', 'BR', 'MX', 'AR', 'CO'],
    given: names('José/jose Conceição/conceicao Íñigo/inigo Lucía/lucia João/joao Ángela/angela'),
    family: names('Núñez/nunez Gonçalves/goncalves Muñoz/munoz Araújo/araujo Peña/pena Silva'),
  },
  {
    script: 'latin-turkish',
    countries: ['TR'],
    given: names('Çağla/cagla İbrahim/ibrahim Şule/sule Işıl/isil Ömer/omer'),
    family: names('Yıldız/yildiz Öztürk/ozturk Güneş/gunes Çelik/celik'),
  },
  {
    script: 'latin-vietnamese',
    countries: ['VN'],
    given: names('Hương/huong Đức/duc Thảo/thao Quỳnh/quynh'),
    family: names('Nguyễn/nguyen Trần/tran Phạm/pham Đặng/dang'),
  },
  {
    script: 'cyrillic',
    countries: ['UA', 'BG', 'RS', 'KZ'],
    given: names('Олена/olena Дмитро/dmytro Ґалина/galyna Ђорђе/djordje Йордан/yordan Юлія/yuliia'),
    family: names('Шевченко/shevchenko Їжак/yizhak Петровић/petrovic Димитров/dimitrov Ким/kym'),
  },
  {
    script: 'greek',
    countries: ['GR', 'CY'],
    given: names('Ελένη/eleni Γιώργος/giorgos Χριστίνα/christina Ανδρέας/andreas'),
    family: names('Παπαδόπουλος/papadopoulos Αγγελίδης/angelidis Ξένου/xenou Ψαρράς/psarras'),
  },
  {
    script: 'arabic',
    countries: ['AE', 'EG', 'MA', 'SA'],
    given: names('فاطمة/fatima محمد/mohammed ليلى/layla يوسف/yusuf نور/nour'),
    family: names('الحسن/alhassan بنعلي/benali المصري/almasri خليل/khalil'),
  },
  {
    script: 'hebrew',
    countries: ['IL'],
    given: names('נועה/noa איתן/eitan תמר/tamar יונתן/yonatan'),
    family: names('כהן/cohen לוי/levi ברק/barak שפירא/shapira'),
  },
  {
    script: 'han',
    countries: ['CN', 'TW', 'HK', 'SG'],
    given: names('伟/wei 秀英/xiuying 子涵/zihan 建國/jianguo 雨欣/yuxin'),
    family: names('王/wang 李/li 張/zhang 欧阳/ouyang 陳/chen'),
  },
  {
    script: 'japanese',
    countries: ['JP'],
    given: names('さくら/sakura 健太/kenta ゆい/yui ハナコ/hanako 翔/sho'),
    family: names('佐藤/sato 髙橋/takahashi 渡邊/watanabe すずき/suzuki'),
  },
  {
    script: 'hangul',
    countries: ['KR'],
    given: names('서연/seoyeon 민준/minjun 하은/haeun 도윤/doyun'),
    family: names('김/kim 이/lee 박/park 최/choi'),
  },
  {
    script: 'devanagari',
    countries: ['IN', 'NP'],
    given: names('प्रिया/priya अर्जुन/arjun आराध्या/aaradhya विकास/vikas'),
    family: names('शर्मा/sharma पटेल/patel सिंह/singh श्रेष्ठ/shrestha'),
  },
  {
    script: 'thai',
    countries: ['TH'],
    given: names('สมชาย/somchai กัญญา/kanya ณัฐ/nat พิมพ์/phim'),
    family: names('ศรีสุข/srisuk วงศ์ใหญ่/wongyai แก้วมณี/kaewmanee'),
  },
];

/** Cultures at home in a country; all of them for a country none claims. */
export function culturesOf(country: string): readonly Culture[] {
  const found = CULTURES.filter((culture) => culture.countries.includes(country));
  return found.length > 0 ? found : CULTURES;
}
