export { consentOf, ConsentDialog, ConsentPage, ProblemOrConsent } from './Consent';
