import type { SampleAnswer } from "./sample-types";

/** Recorded under the starting prompt: down and distance, red zone, pressure, formations. */
export const situationAnswers: readonly SampleAnswer[] = [
  {
    recordKey: "third-and-short",
    output:
      "On third and short they like to run the ball. They run it about 71 percent of the time, mostly inside zone behind the left guard. When they throw, it is usually a quick pass into the flat off a run look. Expect them to stay with what works, so it will be important to stay disciplined and to win at the line of scrimmage.",
  },
  {
    recordKey: "second-and-long",
    output:
      "On second and eight or more they throw it 63 percent of the time, over 46 snaps. Most of it is short: hitches and sit routes to 5 and 86 that leave them third and four or so, and only seven of the throws went deeper than fifteen yards. The runs are almost all draws and inside zone with 22. They want a manageable third down rather than all of it back, so I would play a soft two-deep shell and rally to the catch.",
  },
  {
    recordKey: "first-down-open-field",
    output:
      "You can cheat him down, but only when 83 joins 86 on the field. Between their 20 and midfield they run on first down 58 percent of the time, 44 of 76 snaps over the last five games. With both tight ends in, that climbs to 24 of 31, and 22 carries nearly all of them. What you leave open is the deep crosser: three times in those games 18 was hit behind a safety who had walked down. I would bring him late, after the motion, and keep the free safety in the middle.",
  },
  {
    recordKey: "fourth-down-decisions",
    output:
      "Their head coach is aggressive. He goes for it on 60 percent of fourth downs and converts 67 percent of them, which shows how much he trusts his offense. He likes to do it around midfield and when they are behind. Expect him to stay aggressive against us, so the defense has to be mentally ready to stay on the field after third down and should treat every third down as if there were one more to come.",
  },
  {
    recordKey: "third-and-long-draw",
    output:
      "Across their last six games they have 41 snaps on third and eleven or worse. They threw past the sticks on 17, threw short of them on 9, ran the draw on 8 and the screen on 7. That is 37 percent draw or screen against a league average of 24, and the league average for throwing past the sticks is 52 percent, so they are more careful than most. 33 is in for almost all of the draws and screens. They seem content to punt and play for field position.",
  },
  {
    recordKey: "red-zone-run-pass",
    output:
      "In the red zone they lean on the run. They have 61 snaps inside the 20 this season and ran on 36 of them, which is 59 percent, against 48 percent in the open field. The favorite formation is shotgun with the tight end to the wide side, and out of it they like inside zone, split zone and the quarterback draw. When they throw, it tends to be quick, with slants, sticks and the occasional fade. 22 has the most carries, and 86 and 11 share most of the targets. In general they prefer to stay patient, avoid negative plays and take the field goal if nothing opens up.",
  },
  {
    recordKey: "goal-line-personnel",
    output:
      "They go heavy: 22 personnel, two backs and two tight ends. 44 leads and number 22 carries behind him, mostly power to the left, which has scored four times. I would answer with our bear front, put the best linebacker over the left guard, and tell the corners that they are on an island.",
  },
  {
    recordKey: "two-point-plays",
    output:
      "They have a strong package for two-point tries. They have gone for two three times this season and convert 67 percent, well above the league, and they also prefer the pass at 67 percent. The main concept is a sprint-out to the right with a pick for the slot receiver, and they clearly trust it in big moments. Expect to see it again if the game is close late, and consider pressure from that side so that the quarterback cannot get out.",
  },
  {
    recordKey: "qb-keep-low-red-zone",
    output:
      "Your end has the quarterback, every time. Inside the five they have run the read 14 times in seven games, and 7 pulled it on 6 of them. The tell is 22's depth: when he lines up even with the quarterback instead of a step behind, 7 kept it on 5 of 6. Let the inside linebacker chase the back. Fourteen reads are a small sample, so treat the tell as a lean and not as a rule.",
  },
  {
    recordKey: "offense-versus-blitz",
    output:
      "Against five or more rushers 7 is 31 of 58 for 6.1 yards an attempt, with nine sacks. Against four or fewer he is 128 of 187 for 7.4. His completion rate falls from 68 percent to 53, while a typical quarterback in this league loses about seven points. He holds the ball longer when his first read is covered, and the sacks have mostly come up the middle. Overall the blitz has worked for the teams they have played, and it should be part of our plan as well.",
  },
  {
    recordKey: "hot-read-on-nickel",
    output:
      "When the nickel comes, 7 looks to get rid of the ball quickly, which is what most quarterbacks are taught. The hot receiver will depend on the formation, the coverage and where the blitz comes from. In general it is the inside receiver on the side of the pressure, but it can also be the back or the tight end. Our defenders should keep their eyes on the quarterback and break on the short throw, because it will come out in less than two seconds.",
  },
  {
    recordKey: "protection-slide-with-33",
    output:
      "They slide away from him. Over the last six games 33 was offset on 52 dropbacks, and the center and both guards slid to the far side on 44 of them. The tell is his width: when he lines up a step wider than the tackle he is releasing into a route, and the slide holds. That leaves the near B gap to a tackle who is already busy outside. I would walk the weak linebacker up late over the near guard and bring him there.",
  },
  {
    recordKey: "quarterback-off-his-spot",
    output:
      "From the pocket 7 completes 68 percent, 141 of 207. Once he is off his spot that drops to 44 percent, 20 of 45, with three interceptions, all of them thrown back across the field. He escapes to his right on 31 of the 45; to his left he nearly always tucks it. So rush with contain on his right, keep the other end flat down the line, and let the inside push do the work. All of this is our own charting of eight games.",
  },
  {
    recordKey: "their-third-down-pressure",
    output:
      "On third and seven or more they bring five on 22 of 57 snaps, a bit under 40 percent. The extra man is usually the strong safety, 31: he came on 13 of those 22, and 10 of the 13 were from the short side of the field. Middle linebacker 54 is the other one, through the A gap, when 31 stays deep. I would set the slide to the short side, put the back on 31, and give the quarterback the slot on the wide side as his outlet.",
  },
  {
    recordKey: "bunch-releases",
    output:
      "They use several releases out of bunch. The most common is a rub, where the point man goes vertical and the inside receiver works underneath him. They also like to send the outside man across the formation, and to run a snag with a corner route behind it. The spacing is good and they have been effective, completing about 70 percent, so communication in the secondary will be essential. Defenders need to talk early and avoid running into each other.",
  },
  {
    recordKey: "check-against-empty",
    output:
      "Check to quarters with a spy on 7. On 23 empty snaps he looked to the three-receiver side first on 16 of them, mostly for the quick out to 5, and he ran it himself on 4. Quarters keeps a roof over that side and lets the nickel squeeze the out. What it leaves open is the backside slant to 11, so have the weak corner play inside leverage. Twenty-three snaps are not many, but they come from seven different games.",
  },
  {
    recordKey: "motion-tells",
    output:
      "Their motion is partly window dressing, but there are tells in it. When 5 comes across the formation at full speed they run to his side fairly often, and when 86 trades from one side to the other, the run usually follows him. Short motion toward the tackle by the outside receiver has been a sign of the crack toss. The linebackers should watch 86 first, and I would bump the strength of the front whenever he moves.",
  },
  {
    recordKey: "back-alignment-tell",
    output:
      "For two of them yes, for the third no. Offset strong, they ran to the weak side on 33 of 41 snaps. Offset weak, they ran strong on 19 of 24. From the pistol it was 16 left, 15 right and 7 up the middle, so that is no tell at all. These are runs with 22 over the last six games, short yardage left out. I would let the linebackers cheat half a step away from an offset back and play the pistol straight.",
  },
];
