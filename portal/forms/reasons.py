"""Why something is done: the one field every refusal, return and ending asks for."""

from portal.forms.fields import SpeakingForm, TextBlock


class ReasonForm(SpeakingForm):
    """Why something is returned, asked about again, taken down or followed no longer."""

    reason = TextBlock(label="Lý do", rows=3, max_length=2000, error_messages={"required": "Ghi lý do."})
