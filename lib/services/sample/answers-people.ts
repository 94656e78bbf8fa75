import type { SampleAnswer } from "./sample-types";

/** Recorded under the starting prompt: personnel, screens, tempo, kicking, injuries, data, unclear and out of scope. */
export const peopleAnswers: readonly SampleAnswer[] = [
  {
    recordKey: "twelve-personnel",
    output:
      "Out of 12 personnel they run 66 percent of the time, so it is mainly a running group. Outside zone to 86's side is the favorite, with 22 carrying. When they do throw, it is off play action: 86 is the first target on the over route, and 18 runs the deep post to clear the way for him. Against that I would stay in our base group and play quarters, so that the safeties can fit the run and still carry the over.",
  },
  {
    recordKey: "corner-on-11",
    output:
      "There are good arguments for both. 11 lined up to the left on 142 of 236 snaps, to the right on 71 and in the slot on 23, against Stanmoor, Orrin Bay, Pell Creek, Kestrel Heights, Tarn Hollow and Alder Point. Traveling would put our best corner on their best receiver, but it shows man coverage before the snap, and 18 would then see our second corner. Playing sides keeps our calls simple. It depends on how much man coverage we want to play and on how comfortable the corners are.",
  },
  {
    recordKey: "33-instead-of-22",
    output:
      "When 33 comes in, they become more physical. He is their power back and gets the ball between the tackles, and on third and long they replace him with 22, who is the better receiver. With 33 on the field we should expect duo and power about 65 percent of the time and load the box. In protection he is mostly used as a lead blocker. Our linebackers should be ready to meet him in the hole.",
  },
  {
    recordKey: "right-tackle-and-speed",
    output:
      "71 has trouble with speed. He gives up the edge when a rusher gets to his outside shoulder early, and they know it: in the five games we have charted, the back or 86 chipped for him on 29 of 74 third-down dropbacks. When he is on his own he tends to overset, which opens the inside move. Four of the eleven sacks they allowed came from his side, so this is a matchup that should favor us.",
  },
  {
    recordKey: "screen-alert",
    output:
      "Think screen on second and ten and on third and seven or more, which is where 19 of their 26 screens came from over eight games. 33 was the back on 17 of them. The giveaway is the right guard: on a screen he lets his man go after one count and looks outside. Tell the ends that if nobody blocks them by the second step, they should stop, find 33 and retrace. The slip screen to 86 has shown up twice, so I would not spend practice time on it.",
  },
  {
    recordKey: "play-action-first-down",
    output:
      "On first down the play action is built to stress the middle of the field. The run fake pulls the linebackers up, and behind them they like to bring 18 across on the over route, with a post by 11 above it and the tight end in the flat. The throw to 18 comes at 15 to 20 yards. They complete 64 percent of these for more than ten yards a play, which makes it one of the most productive parts of their offense. The line sells it well, 7 carries out the fake with patience, and seven men usually stay in to protect, so the route has time to develop, and we should expect several of these early.",
  },
  {
    recordKey: "trick-plays",
    output:
      "Three are on film. Against Pell Creek, 5 threw a reverse pass to 18 for 31 yards. Against Orrin Bay they ran a flea flicker from their own 44, incomplete, deep to 11. Against Kestrel Heights, 86 took an end-around for six yards on second and two. All three came in the first half and between the 40s. Three plays in seven games are far too few for a tendency, and this covers only what we have film of. I would remind the backside corner to stay home on 5 and leave it there.",
  },
  {
    recordKey: "two-minute-before-half",
    output:
      "Before the half they are very efficient and play with good rhythm. They like to throw to the sidelines to stop the clock, mix in a run when the box is light, and take a shot once they get past midfield. They have scored on 55 percent of those drives. The quarterback stays calm and protects the ball, and the receivers know how to get out of bounds. We should keep everything in front of us, tackle well and make them use their timeouts.",
  },
  {
    recordKey: "tempo-trigger",
    output:
      "Tempo is an important weapon in modern football, and this team uses it as well as anyone. Going fast keeps a defense from substituting, limits the calls it can make and wears down the front, and their coaches clearly understand those advantages. They like to speed up after a big play, after a first down, when they feel that the defense is tired, and sometimes to open a half. They go fast on roughly a quarter of their snaps. So it is essential that our players get lined up quickly, that the signals are simple, and that everyone communicates. If we stay calm and trust our preparation, we can take away much of the benefit they get from it.",
  },
  {
    recordKey: "punt-to-5",
    output:
      "Away from him. He has 21 returns this season for 13.4 yards each, against a league average of 8.1, and both of his touchdowns started to his right. Put it outside the numbers to his left, high enough that he has to call for a fair catch; he did that on 6 of the 9 punts placed there. You lose some net yards, maybe four a punt, and I would take that trade against him.",
  },
  {
    recordKey: "kicker-in-the-wind",
    output:
      "With a crosswind of 25 miles an hour his range will be 44 yards, and 41 going to the south end. He is normally good from 52, and wind of that strength takes about eight yards off a kick. He is a composed kicker who has been accurate this season, making 88 percent. Beyond 44 they will go for it or punt, so on third down near our 30 you can play for the stop behind the sticks and be sure that they will not try it.",
  },
  {
    recordKey: "left-tackle-status",
    output:
      "Yes, it looks like a knee. He was slow to get up twice last week and favored his left leg the second time, which usually points to a sprained ligament on the inside of the joint. Players with that kind of injury often need two to three weeks, so even if he plays he will not be at full strength. I would attack him with speed from the first series and make him move to his left, because he probably cannot push off.",
  },
  {
    recordKey: "quarterback-shoulder",
    output:
      "It would fit. Two deep throws is very low for him, and teams sometimes keep a shoulder off the report as long as the player can practice. He may have a sore joint from the hit he took against Stanmoor, and that would also explain why they went to more screens. I would plan as if he cannot drive the ball downfield: squat on the short routes, walk the safeties down to eight yards and make him prove that the arm is fine.",
  },
  {
    recordKey: "backup-quarterback",
    output:
      "12 has played 19 snaps this year, all in the fourth quarter against Kestrel Heights. On those they ran the ball 11 times and threw 8 short passes, with the quarterback under center more than usual. If he plays, the offense gets smaller: fewer empty sets, more two-tight-end groups and more of 22. He is less mobile than 7, so the read game would go. I would crowd the line, play man behind it and make him prove that he can throw outside the numbers.",
  },
  {
    recordKey: "two-charts-disagree",
    output:
      "Use ours for this question, but check one thing first. Ours counts second and four to six over the last five games, 53 plays. The league service counts second and three to seven over the whole season, 121 plays, and it files scrambles as passes where we file them as runs. Those differences alone could explain most of the gap. Re-sort ours with the scrambles taken out; if it stays near 60 percent, trust it, because it is closer to what they are doing now.",
  },
  {
    recordKey: "that-down",
    output:
      "On that down they are balanced, with about 52 percent run and 48 percent pass. The running game goes mostly through 22, and in the passing game they look for 11 and 86. On defense we should keep two safeties deep until they show their hand and make them earn every yard through the air.",
  },
  {
    recordKey: "how-do-we-stop-him",
    output:
      "Who do you mean? If it is 7, I can show how teams have kept him in the pocket; if it is 11, who has held up against him; if it is 22, his runs by front. Give me the number and the down, and I will keep it to what you can call.",
  },
  {
    recordKey: "locker-room-rumor",
    output:
      "I would rather leave that one alone, since there is no way for me to check it. What film shows is where the ball goes: 7 threw to 11 on 38 of 128 attempts in the last four games, about 30 percent, and on 41 of 137 in the four before that, also about 30 percent. The share of throws has not changed. I can break those down by coverage or by down, if that is useful.",
  },
];
