// What each data class is called in a notice, in each language the sidecar has words for.

export type DataClassName =
  | 'name'
  | 'email'
  | 'postal_address'
  | 'phone'
  | 'date_of_birth'
  | 'national_id'
  | 'tax_id'
  | 'government_id'
  | 'financial_account'
  | 'payment_card'
  | 'payment_card_partial'
  | 'payment_token'
  | 'financial_access_code'
  | 'credentials'
  | 'credentials_hash'
  | 'account_secret'
  | 'health'
  | 'biometric'
  | 'ip_address'
  | 'device'
  | 'location'
  | 'order_history'
  | 'wallet'
  | 'free_text';

type Names = Readonly<Record<DataClassName, string>>;

const en: Names = {
  name: 'name',
  email: 'e-mail address',
  postal_address: 'postal address',
  phone: 'phone number',
  date_of_birth: 'date of birth',
  national_id: 'national identity number',
  tax_id: 'tax number',
  government_id: 'number of an official document',
  financial_account: 'bank account number',
  payment_card: 'payment card number',
  payment_card_partial: 'part of a payment card number (such as the last four digits)',
  payment_token: 'reference to a saved payment method',
  financial_access_code: 'security code or PIN of a payment method',
  credentials: 'user name and password',
  credentials_hash: 'user name and a scrambled form of the password',
  account_secret: 'keys or security answers of your account',
  health: 'health data',
  biometric: 'biometric data',
  ip_address: 'IP address',
  device: 'data about your device or browser',
  location: 'location data',
  order_history: 'what you ordered and when',
  wallet: 'wallet or account balance',
  free_text: 'notes you wrote to us',
};

const de: Names = {
  name: 'Name',
  email: 'E-Mail-Adresse',
  postal_address: 'Postanschrift',
  phone: 'Telefonnummer',
  date_of_birth: 'Geburtsdatum',
  national_id: 'nationale Identifikationsnummer',
  tax_id: 'Steuernummer',
  government_id: 'Nummer eines amtlichen Ausweises',
  financial_account: 'Bankverbindung',
  payment_card: 'Nummer einer Zahlungskarte',
  payment_card_partial: 'Teil der Nummer einer Zahlungskarte (etwa die letzten vier Ziffern)',
  payment_token: 'Verweis auf ein gespeichertes Zahlungsmittel',
  financial_access_code: 'Prüfziffer oder PIN eines Zahlungsmittels',
  credentials: 'Benutzername und Passwort',
  credentials_hash: 'Benutzername und das Passwort in verschlüsselter Form (Hashwert)',
  account_secret: 'Schlüssel oder Sicherheitsantworten Ihres Kontos',
  health: 'Gesundheitsdaten',
  biometric: 'biometrische Daten',
  ip_address: 'IP-Adresse',
  device: 'Angaben zu Ihrem Gerät oder Browser',
  location: 'Standortdaten',
  order_history: 'Ihre Bestellungen und deren Zeitpunkt',
  wallet: 'Guthaben oder Kontostand',
  free_text: 'Mitteilungen, die Sie uns geschrieben haben',
};

const fr: Names = {
  name: 'nom',
  email: 'adresse e-mail',
  postal_address: 'adresse postale',
  phone: 'numéro de téléphone',
  date_of_birth: 'date de naissance',
  national_id: 'numéro national d’identité',
  tax_id: 'numéro fiscal',
  government_id: 'numéro d’une pièce officielle',
  financial_account: 'coordonnées bancaires',
  payment_card: 'numéro de carte de paiement',
  payment_card_partial:
    'une partie du numéro de carte de paiement (par exemple les quatre derniers chiffres)',
  payment_token: 'référence d’un moyen de paiement enregistré',
  financial_access_code: 'code de sécurité ou code PIN d’un moyen de paiement',
  credentials: 'identifiant et mot de passe',
  credentials_hash: 'identifiant et mot de passe sous forme chiffrée (empreinte)',
  account_secret: 'clés ou réponses de sécurité de votre compte',
  health: 'données de santé',
  biometric: 'données biométriques',
  ip_address: 'adresse IP',
  device: 'données sur votre appareil ou votre navigateur',
  location: 'données de localisation',
  order_history: 'vos commandes et leurs dates',
  wallet: 'solde de compte ou de porte-monnaie',
  free_text: 'messages que vous nous avez écrits',
};

const es: Names = {
  name: 'nombre',
  email: 'dirección de correo electrónico',
  postal_address: 'dirección postal',
  phone: 'número de teléfono',
  date_of_birth: 'fecha de nacimiento',
  national_id: 'número nacional de identidad',
  tax_id: 'número de identificación fiscal',
  government_id: 'número de un documento oficial',
  financial_account: 'número de cuenta bancaria',
  payment_card: 'número de tarjeta de pago',
  payment_card_partial:
    'parte del número de tarjeta de pago (por ejemplo, las cuatro últimas cifras)',
  payment_token: 'referencia de un medio de pago guardado',
  financial_access_code: 'código de seguridad o PIN de un medio de pago',
  credentials: 'nombre de usuario y contraseña',
  credentials_hash: 'nombre de usuario y la contraseña en forma cifrada (resumen)',
  account_secret: 'claves o respuestas de seguridad de su cuenta',
  health: 'datos de salud',
  biometric: 'datos biométricos',
  ip_address: 'dirección IP',
  device: 'datos sobre su dispositivo o navegador',
  location: 'datos de ubicación',
  order_history: 'sus pedidos y sus fechas',
  wallet: 'saldo de cuenta o de monedero',
  free_text: 'mensajes que usted nos escribió',
};

export const DATA_CLASS_WORDS: Readonly<Record<string, Names>> = { en, de, fr, es };
