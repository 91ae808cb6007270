"""Pairs of recommendations as reviews word them: those that ask for the same, and those that only look alike."""

THE_SAME = (
    (
        "Keep one shared chronology for every child with three or more contacts in a year.",
        "Agencies should keep a single shared chronology for each child with three or more contacts a year.",
    ),
    (
        "Train all first-line managers in the threshold for neglect.",
        "All first line managers to be trained in neglect thresholds.",
    ),
    (
        "Put neglect on the agenda of every supervision session.",
        "Neglect must be on the agenda of every supervision session in all agencies.",
    ),
    (
        "All agencies should ensure that staff receive training in recognising neglect.",
        "Staff of every agency receive training in recognising the signs of neglect.",
    ),
    (
        "The LSCB should review its escalation policy and make sure that all practitioners know it.",
        "Review the escalation policy and promote it to all practitioners.",
    ),
    (
        "Health visitors must be invited to every strategy discussion.",
        "Invite health visitors to all strategy discussions.",
    ),
    (
        "GP practices are told of every domestic abuse notification concerning a child.",
        "Every domestic abuse notification about a child is sent to the GP practice.",
    ),
    (
        "Ensure the voice of the child is recorded in every assessment.",
        "The child’s voice is recorded in every assessment and in every plan.",
    ),
    (
        "Police to check who lives in the household at every call-out.",
        "At every call-out the police record who is living in the household.",
    ),
    (
        "The Board should seek assurance that pre-birth assessments are started by the twentieth week.",
        "Pre-birth assessments start by week 20; agencies assure the board of this.",
    ),
    (
        "Children missing from education are reported within one day to children’s social care.",
        "Schools report children missing from education to children’s social care within a day.",
    ),
    (
        "Introduce a bruising protocol for non-mobile infants.",
        "A protocol for bruising in babies who are not mobile is introduced across agencies.",
    ),
)
ONLY_ALIKE = (
    (
        "Keep one shared chronology for every child with three or more contacts in a year.",
        "Put neglect on the agenda of every supervision session.",
    ),
    (
        "Train all first-line managers in the threshold for neglect.",
        "Train all police officers in the use of body-worn cameras.",
    ),
    (
        "Health visitors must be invited to every strategy discussion.",
        "Health visitors must record every home visit on the day.",
    ),
    (
        "All agencies should ensure that staff receive training in recognising neglect.",
        "All agencies should ensure that staff have access to an interpreter.",
    ),
    (
        "All agencies should ensure that staff receive training in recognising neglect.",
        "All agencies should ensure that staff receive training in suicide prevention.",
    ),
    (
        "The LSCB should review its escalation policy and make sure that all practitioners know it.",
        "The LSCB should review its information sharing policy.",
    ),
    (
        "GP practices are told of every domestic abuse notification concerning a child.",
        "GP practices review the records of every child who misses two appointments.",
    ),
    (
        "Ensure the voice of the child is recorded in every assessment.",
        "Ensure that fathers are included in every assessment.",
    ),
    (
        "The Board should seek assurance that pre-birth assessments are started by the twentieth week.",
        "The Board should seek assurance that supervision takes place every month.",
    ),
    (
        "Police to check who lives in the household at every call-out.",
        "Police to tell schools of domestic abuse before the next school day.",
    ),
    (
        "Introduce a bruising protocol for non-mobile infants.",
        "Introduce a joint protocol for children who go missing.",
    ),
    (
        "Children missing from education are reported within one day to children’s social care.",
        "Children missing from home are offered a return interview within three days.",
    ),
    ("Keep one chronology.", "Keep one genogram."),
    (
        "Review the escalation policy and promote it to all practitioners.",
        "Review the supervision policy and promote it to all practitioners.",
    ),
    (
        "Agree one reading of the threshold for neglect and train all first-line managers in it.",
        "Put neglect on the agenda of every supervision session.",
    ),
)
