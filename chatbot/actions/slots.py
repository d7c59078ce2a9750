"""The names that the actions share with `domain/`; written once, here."""

# Facts from the backend, refreshed with every message.
LANGUAGE = "language"
CLIENT = "client"
MEMBER_VERIFIED = "member_verified"
CONVERSATION = "conversation"

# reimbursement_form
CLAIM_BENEFIT = "claim_benefit"
CLAIM_TREATMENT_DATE = "claim_treatment_date"
CLAIM_PROVIDER = "claim_provider"
CLAIM_AMOUNT = "claim_amount"
CLAIM_PHOTOS = "claim_photos"
REIMBURSEMENT_SLOTS = (CLAIM_BENEFIT, CLAIM_TREATMENT_DATE, CLAIM_PROVIDER, CLAIM_AMOUNT, CLAIM_PHOTOS)

# complaint_form
COMPLAINT_CATEGORY = "complaint_category"
COMPLAINT_DESCRIPTION = "complaint_description"
COMPLAINT_CONFIRMED = "complaint_confirmed"
COMPLAINT_SLOTS = (COMPLAINT_CATEGORY, COMPLAINT_DESCRIPTION, COMPLAINT_CONFIRMED)

# Values that stand for an answer rather than carry one.
AMOUNT_UNKNOWN = "unknown"
PHOTOS_DONE = "done"
