// Names of numbers that authorities give, of health and of body measures.
import { nationalIdCountries } from '../values/national-id.ts';
import { isEuVat, isNamedTaxNumber } from '../values/tax-number.ts';
import { digitsOf, isFlag, words, type KeyRule } from './key-rule.ts';

const NATIONAL = words(
  '(?:\\w+_)?(?:ssn(?:_last_?4)?|nin|social_security(?:_?(?:number|no|num))?|sozialversicherungsnummer|nino|national_insurance(?:_?(?:number|no))?|national_?id(?:entity)?(?:_?(?:number|no))?|personal_?(?:id|number|code|identity_number)|personnummer|pesel|bsn|burgerservicenummer|dni|nie|curp|cpf|rg|codice_?fiscale|cod_?fisc|fiscal_?code|numero_(?:de_)?secu\\w*|securite_sociale|nir|insee|steuer_?id(?:nr|nummer)?|steuer_?identifikationsnummer|idnr|aadhaa?r(?:_number)?|egn|cnp|oib|jmbg|hetu|henkilotunnus|cpr(?:_nummer)?|fodselsnummer|rodne_cislo|nric|hkid|tckn|tc_kimlik(?:_no)?|rut|cedula|cuil|dui|nuip|documento_identidad)',
);
const TAX = words(
  '(?:\\w+_)?(?:vat|vat_?(?:id|number|no|nr|code|reg\\w*)|eu_vat\\w*|tax_?(?:id|number|no|payer_id)|ust_?id(?:nr)?|umsatzsteuer_?id\\w*|steuernummer|steuer_?nr|tin|ein|nif|nip|cif|cnpj|siren|siret|gstin?|abn|acn|partita_?iva|p_?iva|tva(?:_intracom\\w*)?|btw(?:_?(?:nummer|nr|id))?|mwst_?nr|org_?(?:nr|nummer|number)|kvk(?:_?nummer)?|dic|ico?|afm|rfc|cui|nit|ruc|cuit|npwp|inn|eori(?:_number)?)',
);

function isIdNumber(value: string): boolean {
  return (
    /^[A-Z0-9][A-Z0-9 .\-/+]{3,24}$/i.test(value) &&
    digitsOf(value).length >= 4 &&
    !/^(?:19|20)\d\d-\d\d-\d\d/.test(value)
  );
}

function isWord(value: string): boolean {
  return !isFlag(value) && value.length >= 2 && !/^https?:|^1[4-9]\d{8}$/.test(value);
}

export const IDENTITY_RULES: readonly KeyRule[] = [
  {
    dataClass: 'national_id',
    detector: 'national-id',
    name: NATIONAL,
    fits: isIdNumber,
  },
  {
    dataClass: 'tax_id',
    also: ['national_id'],
    detector: 'tax-number-of-person',
    name: TAX,
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: (value, country) =>
      !isEuVat(value) &&
      nationalIdCountries(value).some(
        (by) => by === (country ?? 'ES') && ['DE', 'ES', 'BR', 'IT', 'PL'].includes(by),
      ),
  },
  {
    dataClass: 'tax_id',
    detector: 'tax-number',
    name: TAX,
    not: /exempt|rate|class|amount|total|(?:^|_)(?:shop|store|merchant|own)_/,
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: (value) => isEuVat(value) || isNamedTaxNumber(value),
  },
  {
    dataClass: 'government_id',
    detector: 'government-id',
    name: words(
      '(?:\\w+_)?(?:passport(?:_?(?:no|number|nr|num|id))?|passnummer|reisepass(?:nummer|_nr)?|ausweis(?:nummer|_?nr)?|personalausweis(?:nummer|_nr)?|id_?card(?:_?(?:number|no))?|identity_(?:card|document)(?:_?(?:number|no))?|driv(?:er|ers|ing)_?licen[cs]e(?:_?(?:no|number))?|dl_number|fuhrerschein(?:nummer|_nr)?|numero_permis|visa_number|residence_permit(?:_?(?:no|number))?|voter_id|military_id|pasaporte|passaporto|paszport|dowod_osobisty)',
    ),
    fits: isIdNumber,
  },
  {
    dataClass: 'government_id',
    detector: 'government-id',
    name: words('document_(?:number|no|id)|doc_number|licen[cs]e_(?:no|number)|id_number'),
    when: ({ table, around, siblings }) =>
      /kyc|driv|identit|verification|passport/.test(`${table}_${around}_${siblings.join('_')}`),
    fits: isIdNumber,
  },
  {
    dataClass: 'biometric',
    detector: 'biometric',
    name: words(
      '(?:\\w+_)?(?:fingerprint_(?:template|data|image|minutiae)|face_?(?:id|embedding|template|encoding|vector|scan|print)\\w*|facial_\\w+|iris_(?:scan|template|code)|voice_?(?:print|template)|biometrics?(?:_\\w+)?|selfie(?:_\\w+)?|retina_(?:scan|template)|palm_?print\\w*|liveness_(?:video|image))',
    ),
    fits: (value) => !isFlag(value) && value.length >= 6,
  },
  {
    dataClass: 'health',
    detector: 'health',
    name: words(
      '(?:\\w+_)?(?:medicines?|medikament|dosage|icd_?(?:9|10|11)?(?:_code)?|blood_?(?:group|type)|blutgruppe|allerg\\w*|diagnos\\w*|medications?|medikamente|prescriptions?|disabilit(?:y|ies)|behinderung|medical_\\w+|health_(?:conditions?|status|notes?|insurance\\w*|info\\w*)|illness(?:es)?|diseases?|pregnan\\w+|vaccin\\w+|symptoms?|dietary(?:_\\w+)?|krankenkasse\\w*|versichertennummer|nhs_(?:number|no))',
    ),
    not: /health_check|site_health/,
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: isWord,
  },
  {
    dataClass: 'health',
    detector: 'health',
    name: words('insurance_(?:number|no|id)|insured_id|treatment'),
    when: ({ table, siblings }) =>
      /patient|health|medical|clinic/.test(`${table}_${siblings.join('_')}`),
    fits: isWord,
  },
];
